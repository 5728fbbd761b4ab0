package dev.transom.graph.internal.ops;

import dev.transom.graph.Dim;
import dev.transom.graph.Rules;
import dev.transom.graph.Type;

/**
 * Ragged rows: row r holds tokens {@code offsets[r]} (inclusive) to {@code offsets[r + 1]} (exclusive) and may be empty; tokens
 * behind the last offset belong to no row.
 */
final class Segments {

    private Segments() {
    }

    /** The dimension {@code rows} of {@code offsets [rows + 1]}. */
    static Dim rows(Type.TensorType offsets, String party) {
        Rules.rank(offsets, 1, party);
        Dim ends = offsets.shape().dim(0);
        Rules.require(ends.max() > 0, party + " must be [rows + 1]", offsets);
        return switch (ends) {
            case Dim.Fixed(long size) -> Dim.of(size - 1);
            case Dim.Bounded(String name, long max) when name.endsWith("+1") ->
                Dim.bounded(name.substring(0, name.length() - 2), max - 1);
            case Dim.Bounded(String name, long max) -> Dim.bounded(name + "-1", max - 1);
        };
    }

    /** Checks offsets as they came to a run: they never fall and end within {@code tokens}. */
    static int[] checked(String operation, int[] offsets, int tokens) {
        for (int r = 0; r < offsets.length; r++) {
            boolean rises = offsets[r] >= (r == 0 ? 0 : offsets[r - 1]) && offsets[r] <= tokens;
            Rules.require(rises, operation + ": offsets must rise from 0 to at most " + tokens + " tokens",
                offsets[r] + " at " + r);
        }
        return offsets;
    }
}
