package dev.transom.api.tokenizer;

import java.util.Optional;

/**
 * How a text is encoded.
 *
 * @param addSpecialTokens whether the template's markers (begin, classifier, separators) are added
 * @param truncation absent: the encoding keeps its length
 * @param padding absent: the encoding is not padded
 */
public record EncodeOptions(
    boolean addSpecialTokens, Optional<Truncation> truncation, Optional<Padding> padding) {

  /** The text's own tokens. */
  public static final EncodeOptions PLAIN = new EncodeOptions(false, Optional.empty(), Optional.empty());

  /** The text's tokens with the template's markers. */
  public static final EncodeOptions WITH_SPECIAL_TOKENS =
      new EncodeOptions(true, Optional.empty(), Optional.empty());

  /** The same options with this truncation. */
  public EncodeOptions truncated(Truncation how) {
    return new EncodeOptions(addSpecialTokens, Optional.of(how), padding);
  }

  /** The same options with this padding. */
  public EncodeOptions padded(Padding how) {
    return new EncodeOptions(addSpecialTokens, truncation, Optional.of(how));
  }
}
