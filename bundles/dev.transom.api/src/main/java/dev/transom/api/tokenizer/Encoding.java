package dev.transom.api.tokenizer;

import java.util.List;

/**
 * A text as tokens. All arrays have the same length; they are the caller's own to change.
 *
 * @param ids token ids
 * @param typeIds which segment a token belongs to, as the template says (0 or 1)
 * @param tokens the tokens' spelling
 * @param offsets {@code [start, end)} of each token in its own text, in Unicode code points; (0, 0) for added markers
 * @param specialMask 1 for markers and padding that are not in the text, else 0
 * @param attentionMask 0 for padding, else 1
 * @param sequenceIds 0 for tokens of the text, 1 for tokens of the pair, -1 for markers and padding
 * @param wordIds index of the piece that the pre-tokenizer made, -1 for markers and padding
 * @param overflowing what truncation cut off, each part with markers; empty without truncation
 */
public record Encoding(
    int[] ids,
    int[] typeIds,
    List<String> tokens,
    Offset[] offsets,
    int[] specialMask,
    int[] attentionMask,
    int[] sequenceIds,
    int[] wordIds,
    List<Encoding> overflowing) {

  /**
   * A span of a text.
   *
   * @param start first code point
   * @param end code point after the last
   */
  public record Offset(int start, int end) {}

  /** The number of tokens. */
  public int length() {
    return ids.length;
  }
}
