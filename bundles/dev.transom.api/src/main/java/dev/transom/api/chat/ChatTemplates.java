package dev.transom.api.chat;

import dev.transom.api.model.OpenModel;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** Reads chat templates. A service of the platform, safe for concurrent use. */
@ProviderType
public interface ChatTemplates {

  /**
   * The model's own template: chat_template.jinja, tokenizer_config.json or GGUF metadata, with the model's tokens.
   *
   * @return empty when the model has none
   * @throws dev.transom.api.TransomException when it cannot be read, naming its line
   */
  Optional<ChatTemplate> of(OpenModel model);

  /**
   * A template from its source.
   *
   * @param where how error sentences call it
   * @param variables always defined, for example {@code bos_token}; a conversation's own win
   * @throws dev.transom.api.TransomException when it cannot be read, naming its line
   */
  ChatTemplate parse(String where, String source, Map<String, Object> variables);

  /**
   * The ids that end an answer in a chat: those that the model's configuration names, and the markers that end turns in the
   * templates of the known families, as far as the model's tokenizer has them.
   */
  Set<Integer> stopIds(OpenModel model);
}
