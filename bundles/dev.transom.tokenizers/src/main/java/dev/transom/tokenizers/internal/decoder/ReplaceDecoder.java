package dev.transom.tokenizers.internal.decoder;

import dev.transom.tokenizers.internal.text.Span;
import dev.transom.tokenizers.internal.text.TextPattern;
import java.util.List;

/**
 * Replaces every match inside a token.
 *
 * @param pattern what is replaced
 * @param content by what
 */
public record ReplaceDecoder(TextPattern pattern, String content) implements Decoder {

  @Override
  public List<String> decode(List<String> tokens) {
    return tokens.stream().map(this::inText).toList();
  }

  @Override
  public String inText(String token) {
    StringBuilder text = new StringBuilder(token.length());
    for (Span span : pattern.find(token)) {
      text.append(span.match() ? content : token.substring(span.start(), span.end()));
    }
    return text.toString();
  }
}
