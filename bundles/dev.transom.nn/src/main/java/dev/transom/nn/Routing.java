package dev.transom.nn;

import dev.transom.graph.Value;

/**
 * How one layer sent tokens to experts.
 *
 * @param scores  probabilities {@code [tokens, experts]}
 * @param weights those of the chosen experts {@code [tokens, chosen]}
 * @param ids     the chosen experts {@code I32[tokens, chosen]}
 */
public record Routing(Value scores, Value weights, Value ids) {
}
