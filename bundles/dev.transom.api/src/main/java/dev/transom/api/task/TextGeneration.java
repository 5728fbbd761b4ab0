package dev.transom.api.task;

import dev.transom.api.engine.Engine;
import dev.transom.api.engine.Generation;
import dev.transom.api.engine.GenerationRequest.ContextFull;
import dev.transom.api.sampler.SamplingOptions;
import java.util.List;
import java.util.Set;
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
     * @param options     sampling; empty members are taken from the model's generation_config.json; phrases may be texts
     * @param seed        seed
     * @param stopStrings texts that end the answer
     * @param logProbs    most likely tokens to report, −1 for none
     * @param contextFull what happens when the answer fills the context
     * @param special     add the tokenizer's markers (BOS); false for a text that holds them, as a chat template writes them
     * @param stopIds     ids that end the answer besides the model's own
     */
    record Prompt(String text, int maxTokens, SamplingOptions options, long seed, List<String> stopStrings, int logProbs,
            ContextFull contextFull, boolean special, Set<Integer> stopIds) {

        /** Ends at the context, with the tokenizer's markers. */
        public Prompt(String text, int maxTokens, SamplingOptions options, long seed, List<String> stopStrings, int logProbs) {
            this(text, maxTokens, options, seed, stopStrings, logProbs, ContextFull.REFUSE, true, Set.of());
        }

        public Prompt with(ContextFull wanted) {
            return new Prompt(text, maxTokens, options, seed, stopStrings, logProbs, wanted, special, stopIds);
        }

        /** The text holds all its markers. */
        public Prompt complete() {
            return new Prompt(text, maxTokens, options, seed, stopStrings, logProbs, contextFull, false, stopIds);
        }

        /** Further ids that end the answer. */
        public Prompt endingAt(Set<Integer> ids) {
            return new Prompt(text, maxTokens, options, seed, stopStrings, logProbs, contextFull, special, ids);
        }
    }
}
