package dev.transom.api.tokenizer;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Turns text into token ids and back; immutable, to be called from any thread.
 *
 * <pre>{@code
 * Encoding encoding = tokenizer.encode("Hello world", EncodeOptions.WITH_SPECIAL_TOKENS);
 * int[] ids = encoding.ids();
 * String text = tokenizer.decode(ids, true);
 * }</pre>
 *
 * <p>Lone surrogates in a text are read as U+FFFD. Truncation and padding happen only if the options ask for them,
 * whatever the file declares ({@link #declaredTruncation}, {@link #declaredPadding}).
 */
@ProviderType
public interface Tokenizer {

  /**
   * Encodes one text.
   *
   * @throws dev.transom.api.TransomException if the options cannot be met (truncation shorter than the special
   *     tokens, a stride not below the length) or the text has a character that the vocabulary cannot express
   */
  Encoding encode(String text, EncodeOptions options);

  /** Encodes a pair, for example question and context, joined as the tokenizer's template says. */
  Encoding encode(String text, String pair, EncodeOptions options);

  /** Encodes each text; {@link Padding#LONGEST} pads all to the longest of them. Same order as {@code texts}. */
  List<Encoding> encodeBatch(List<String> texts, EncodeOptions options);

  /** The text of the ids; ids outside the vocabulary are left out, malformed UTF-8 becomes U+FFFD. */
  String decode(int[] ids, boolean skipSpecialTokens);

  /** A fresh decoder for one stream of ids. */
  IncrementalDecoder decoder(boolean skipSpecialTokens);

  /**
   * The bytes that the token stands for inside running text: for a byte-level token the bytes behind its printable
   * form, for {@code <0xE2>} of a byte fallback the one byte, else UTF-8 with the word marker as a space.
   *
   * @throws dev.transom.api.TransomException if the id is outside the vocabulary
   */
  byte[] tokenBytes(int id);

  /** The token as the vocabulary spells it; throws a TransomException if the id is outside the vocabulary. */
  String token(int id);

  /** The id of a token as the vocabulary spells it. */
  OptionalInt id(String token);

  /** The number of distinct tokens, added tokens included. Ids may have gaps, so an id may be larger. */
  int vocabularySize();

  /** Whether {@code decode} may skip the token: a marker such as end of text, not text. */
  boolean isSpecial(int id);

  /** The token that plays a role in the model's texts, as the folder's configuration names it. */
  OptionalInt special(SpecialRole role);

  /** How the tokenizer's file would truncate, absent if it does not say. */
  Optional<Truncation> declaredTruncation();

  /** How the tokenizer's file would pad, absent if it does not say. */
  Optional<Padding> declaredPadding();
}
