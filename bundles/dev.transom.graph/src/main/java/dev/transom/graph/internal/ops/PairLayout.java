package dev.transom.graph.internal.ops;

import dev.transom.graph.Attributes;
import dev.transom.graph.Rules;

/** Where the two elements of pair i stand in a vector: side by side, or in its two halves. */
enum PairLayout {
    INTERLEAVED, HALVES;

    /** The attribute {@code layout}. */
    static PairLayout of(Attributes attributes) {
        String layout = attributes.text("layout");
        Rules.require(layout.equals("interleaved") || layout.equals("halves"), "layout must be interleaved or halves", layout);
        return layout.equals("halves") ? HALVES : INTERLEAVED;
    }

    int first(int i) {
        return this == HALVES ? i : 2 * i;
    }

    /** Of {@code half} pairs. */
    int second(int i, int half) {
        return this == HALVES ? i + half : 2 * i + 1;
    }
}
