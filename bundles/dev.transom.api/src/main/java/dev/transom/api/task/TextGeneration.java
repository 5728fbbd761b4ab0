package dev.transom.api.task;

import dev.transom.api.engine.Engine;
import dev.transom.api.engine.Generation;
import dev.transom.api.sampler.SamplingOptions;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Continues text. */
@ProviderType
public interface TextGeneration extends Task {

    /**
     * Tokenises the prompt, adds what the model wants (BOS, stop ids of generation_config.json) and submits it.
     *
     * @return the running answer
     */
    Generation generate(Engine engine, Prompt prompt);

    /**
     * A prompt and how to continue it.
     *
     * @param text        text to continue
     * @param maxTokens   tokens to generate at most, 0 for max_new_tokens of generation_config.json, else 128
     * @param options     sampling; empty members are taken from the model's generation_config.json
     * @param seed        seed
     * @param stopStrings texts that end the answer
     * @param logProbs    most likely tokens to report, −1 for none
     */
    record Prompt(String text, int maxTokens, SamplingOptions options, long seed, List<String> stopStrings, int logProbs) {
    }
}
