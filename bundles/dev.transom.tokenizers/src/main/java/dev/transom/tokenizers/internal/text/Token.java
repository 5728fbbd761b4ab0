package dev.transom.tokenizers.internal.text;

/**
 * A token in a piece of text.
 *
 * @param id its id
 * @param value its spelling, for an unknown piece the piece
 * @param start first UTF-16 unit in the piece
 * @param end unit after the last
 */
public record Token(int id, String value, int start, int end) {}
