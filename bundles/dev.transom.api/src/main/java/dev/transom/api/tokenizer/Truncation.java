package dev.transom.api.tokenizer;

/**
 * Cuts an encoding to a length; what is cut off becomes {@link Encoding#overflowing}.
 *
 * @param maxLength tokens that are kept, special tokens included, at least 0
 * @param stride tokens that an overflowing part repeats from the part before it, below {@code maxLength}
 * @param strategy which of a pair's sequences gives way
 * @param side the end at which tokens are cut off
 */
public record Truncation(int maxLength, int stride, Strategy strategy, Side side) {

  /** Which of a pair's sequences gives way. */
  public enum Strategy {
    /** The longer one, then both evenly. */
    LONGEST_FIRST,
    /** The first only. */
    ONLY_FIRST,
    /** The second only. */
    ONLY_SECOND
  }

  /** Cuts at the right end to {@code maxLength} without repeating tokens. */
  public static Truncation to(int maxLength) {
    return new Truncation(maxLength, 0, Strategy.LONGEST_FIRST, Side.RIGHT);
  }
}
