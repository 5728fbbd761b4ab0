package dev.transom.tokenizers.internal.text;

/**
 * A part of a text in UTF-16 units; the spans of a text cover it without gaps.
 *
 * @param start first unit
 * @param end unit after the last
 * @param match whether a pattern matched here
 */
public record Span(int start, int end, boolean match) {}
