package dev.transom.api.tokenizer;

/**
 * Fills an encoding up to a length. Filled positions have attention mask 0, special mask 1 and offsets (0, 0).
 *
 * @param length the wanted length in tokens, or {@link #LONGEST}
 * @param multipleOf rounds the length up to a multiple; 0 or 1 leaves it
 * @param id the id of the filling token
 * @param typeId its type id
 * @param token its spelling
 * @param side the end that is filled
 */
public record Padding(int length, int multipleOf, int id, int typeId, String token, Side side) {

  /** The length of the batch's longest encoding. */
  public static final int LONGEST = -1;

  /** Pads on the right to the longest encoding of the batch. */
  public static Padding longest(int id, String token) {
    return new Padding(LONGEST, 0, id, 0, token, Side.RIGHT);
  }
}
