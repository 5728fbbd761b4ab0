package dev.transom.api.format;

import dev.transom.api.config.Config;
import dev.transom.api.tensor.TensorSource;
import dev.transom.api.tokenizer.Tokenizer;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** An open model as its files say it. Safe for concurrent use. */
@ConsumerType
public interface ModelFiles extends AutoCloseable {

    /** Where it lies, for people. */
    String where();

    /** The configuration, with {@code model_type}. */
    Config config();

    /** generation_config.json or its like; empty members where there is none. */
    Config generationConfig();

    /**
     * Another JSON file of the model, for example {@code 1_Pooling/config.json}; a file that holds a list, such as
     * {@code modules.json}, reads as an object whose only member is {@code elements}.
     */
    Optional<Config> json(String name);

    /** Names and types of tensors without reading them; opened at the first call. */
    TensorSource tensors();

    /** The tokenizer, read at the first call; empty when the model has none. */
    Optional<Tokenizer> tokenizer();

    /** The template of chats as the model's files carry it, unread; empty when there is none. */
    default Optional<String> chatTemplate() {
        return Optional.empty();
    }

    @Override
    void close();
}
