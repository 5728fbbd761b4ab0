package dev.transom.task.generation.internal;

import dev.transom.api.config.Config;
import dev.transom.api.model.OpenModel;
import dev.transom.api.sampler.SamplingOptions;
import dev.transom.api.tokenizer.SpecialRole;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a model's generation_config.json (else its config.json) says: whether to sample and how, where to stop. Unlike transformers,
 * an absent top_k is none, not 50.
 *
 * @param generation generation_config.json, empty if there is none
 * @param config     config.json
 * @param stopIds    ids that end an answer
 */
record Defaults(Config generation, Config config, Set<Integer> stopIds) {

    private static final int MAX_TOKENS = 128;
    private static final List<String> SAMPLING = List.of("temperature", "top_k", "top_p", "min_p");
    private static final String PENALTY = "repetition_penalty";

    static Defaults of(OpenModel model) {
        Config generation = model.files().generationConfig();
        Config config = model.files().config();
        Set<Integer> stops = new HashSet<>(either(generation, config, "eos_token_id"));
        if (stops.isEmpty()) {
            model.files().tokenizer().ifPresent(tokenizer -> tokenizer.special(SpecialRole.END).ifPresent(stops::add));
        }
        return new Defaults(generation, config, Set.copyOf(stops));
    }

    /** Tokens to generate when the caller leaves it open with 0. */
    int maxTokens(int asked) {
        return asked != 0 ? asked : generation.int32("max_new_tokens", MAX_TOKENS);
    }

    /**
     * The caller's options completed. Any sampling option of the caller means sampling; else do_sample decides, and without it the
     * most likely token is taken.
     */
    SamplingOptions options(SamplingOptions asked) {
        boolean sample = SAMPLING.stream().anyMatch(asked.values()::containsKey) || generation.flag("do_sample", false);
        SamplingOptions options = asked;
        if (!sample) {
            options = options.with("temperature", 0);
        } else if (!asked.greedy()) {
            for (String name : SAMPLING) {
                options = complete(options, name);
            }
        }
        return complete(options, PENALTY);
    }

    private SamplingOptions complete(SamplingOptions options, String name) {
        boolean wanted = generation.has(name) && !options.values().containsKey(name);
        return wanted ? options.with(name, generation.real(name, 0)) : options;
    }

    /** Where an encoder-decoder's answer starts. */
    int decoderStart(OpenModel model) {
        return either(generation, config, "decoder_start_token_id").stream().findFirst()
            .or(() -> either(generation, config, "bos_token_id").stream().findFirst())
            .orElseThrow(() -> model.files().config().missing("decoder_start_token_id"));
    }

    private static List<Integer> either(Config first, Config second, String key) {
        return first.has(key) ? first.ids(key) : second.ids(key);
    }
}
