package dev.transom.nn;

import dev.transom.graph.Value;

/**
 * What a decoder attends to: an encoder's output.
 *
 * @param states {@code [source tokens, hidden]}
 * @param side   the source's inputs
 */
public record Memory(Value states, Side side) {
}
