package dev.transom.api.tokenizer;

import dev.transom.api.config.Config;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes a tokenizer of the vocabulary that a model file carries as metadata instead of a file of its own. Registered as a service;
 * a model format calls it at the first {@code tokenizer()}, from any thread.
 *
 * <p>The metadata are GGUF's own: {@code tokenizer.ggml.model} ("llama", "gpt2", "bert", "t5" …), {@code tokenizer.ggml.pre},
 * {@code tokenizer.ggml.tokens} (texts by id), {@code .scores} (reals), {@code .token_type} (integers), {@code .merges} (texts),
 * {@code .bos_token_id}, {@code .add_bos_token} and so on. Lists are views of the mapped file: reading an element makes it anew, so
 * a reader goes over each list once and keeps its own copy; a list's elements may be of any type until they are checked.
 */
@ConsumerType
public interface VocabularyReader {

  /**
   * Reads a vocabulary.
   *
   * @param where how error sentences call the file
   * @param metadata the file's metadata, valid during this call
   * @throws dev.transom.api.TransomException if the vocabulary's model is unknown or its lists do not fit each other
   */
  Tokenizer read(String where, Config metadata);
}
