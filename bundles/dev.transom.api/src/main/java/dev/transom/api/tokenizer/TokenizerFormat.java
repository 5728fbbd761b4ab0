package dev.transom.api.tokenizer;

import java.nio.file.Path;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Reads the tokenizers of one file format. Files are hostile: lengths and nesting are checked before anything is
 * allocated, and every refusal is a TransomException of one sentence. Called from any thread.
 */
@ConsumerType
public interface TokenizerFormat {

  /** The file's usual name, for example {@code tokenizer.json}; the capability carries the same name. */
  String name();

  /** Whether the folder or file holds a tokenizer of this format. Reads no content. */
  boolean accepts(Path folderOrFile);

  /**
   * Reads a tokenizer from a folder or a file, with the configuration that lies beside it.
   *
   * @throws dev.transom.api.TransomException if it cannot be read or is malformed
   */
  Tokenizer read(Path folderOrFile);

  /**
   * Reads a tokenizer from memory.
   *
   * @param where how error sentences call it
   * @param content the file's bytes
   * @param configuration the bytes of tokenizer_config.json, absent if there is none
   */
  Tokenizer read(String where, byte[] content, Optional<byte[]> configuration);
}
