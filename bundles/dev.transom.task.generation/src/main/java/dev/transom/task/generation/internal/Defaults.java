package dev.transom.task.generation.internal;

import dev.transom.api.config.Config;
import dev.transom.api.model.OpenModel;
import dev.transom.api.sampler.SamplingOptions;
import dev.transom.api.sampler.SamplingOptions.Phrase;
import dev.transom.api.tokenizer.SpecialRole;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

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
    /** Options that mean sampling, and that the file completes. */
    private static final List<String> SAMPLING = List.of("temperature", "top_k", "top_p", "min_p", "typical_p", "epsilon_cutoff",
        "eta_cutoff");
    /** Options that mean sampling and that no file holds. */
    private static final List<String> SAMPLING_ONLY_ASKED = List.of("top_n_sigma", "xtc_probability", "mirostat", "dynatemp_range");
    /** Options that apply to greedy answers, too. */
    private static final List<String> ALWAYS = List.of("repetition_penalty", "no_repeat_ngram_size", "min_length", "min_new_tokens");
    private static final List<String> FORCED = List.of("forced_bos_token_id", "forced_eos_token_id");
    private static final List<String> SUPPRESSED = List.of("suppress_tokens", "begin_suppress_tokens");

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
        boolean sample = !asked.greedy() && (Stream.of(SAMPLING, SAMPLING_ONLY_ASKED).flatMap(List::stream)
            .anyMatch(asked.values()::containsKey) || generation.flag("do_sample", false));
        SamplingOptions options = asked;
        if (!sample) {
            options = options.with("temperature", 0);
        } else {
            for (String name : SAMPLING) {
                options = complete(options, name);
            }
        }
        for (String name : ALWAYS) {
            options = complete(options, name);
        }
        return ids(options);
    }

    private SamplingOptions complete(SamplingOptions options, String name) {
        return wanted(options, name, name) ? options.with(name, generation.real(name, 0)) : options;
    }

    private SamplingOptions ids(SamplingOptions options) {
        SamplingOptions completed = options;
        for (String name : FORCED) {
            List<Integer> ids = wanted(options, name, name) ? generation.ids(name) : List.of();
            completed = ids.isEmpty() ? completed : completed.with(name, ids.getFirst());
        }
        for (String name : SUPPRESSED) {
            List<Integer> ids = wanted(options, name, name) ? generation.ids(name) : List.of();
            completed = ids.isEmpty() ? completed : completed.with(name, ids.stream().map(id -> Phrase.of(id)).toList());
        }
        if (wanted(options, "bad_words", "bad_words_ids")) {
            completed = completed.with("bad_words", generation.list("bad_words_ids").stream().map(this::word).toList());
        }
        return completed;
    }

    /** Whether the file has what the caller left open; a caller who names the steps gets only those. */
    private boolean wanted(SamplingOptions options, String name, String key) {
        return generation.has(key) && !options.names().contains(name) && (options.order().isEmpty() || options.order().contains(name));
    }

    private Phrase word(Object ids) {
        return new Phrase("", new Config(generation.where(), Map.of("bad_words_ids", ids)).ids("bad_words_ids"), 0);
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
