package dev.transom.api.tokenizer;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Turns a stream of ids into text as it arrives and never gives half a character.
 *
 * <p>The pieces of one stream, joined, are what {@link Tokenizer#decode} gives for all ids; only a malformed byte
 * sequence that a later byte would have changed may read differently. Belongs to one thread.
 */
@ProviderType
public interface IncrementalDecoder {

  /** Takes the next id and gives the text that is complete now, often empty inside a character of several tokens. */
  String push(int id);

  /** Ends the stream: gives what was held back, an unfinished character as U+FFFD. */
  String finish();
}
