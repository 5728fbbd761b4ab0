package dev.transom.nn;

import dev.transom.graph.Value;

/** How a row of hidden states becomes one vector. */
public enum Pooling {
    /** The first token's. */
    FIRST,
    /** The last token's. */
    LAST,
    /** The mean over all tokens. */
    MEAN;

    /** From {@code x [tokens, hidden]} to {@code [rows, hidden]}. */
    Value apply(Net net, Value x) {
        return switch (this) {
            case FIRST -> net.g().gather(x, net.target().first());
            case LAST -> net.g().gather(x, net.target().last());
            case MEAN -> net.g().segmentMean(x, net.target().offsets());
        };
    }
}
