package dev.transom.app.options;

import dev.transom.api.sampler.SamplingOptions;
import dev.transom.api.sampler.SamplingOptions.Phrase;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options of sampling steps, as a mixin of commands. What is not given is left to the model's generation_config.json. */
public final class SamplingArguments {

    @Option(names = "--temperature", paramLabel = "T", description = "0 takes the most likely token; below 1 sharpens, above flattens")
    private Double temperature;

    @Option(names = "--top-k", paramLabel = "K", description = "keep the K most likely tokens; 0 keeps all")
    private Double topK;

    @Option(names = "--top-p", paramLabel = "P", description = "keep the most likely tokens that together exceed P")
    private Double topP;

    @Option(names = "--min-p", paramLabel = "P", description = "remove tokens less likely than P times the most likely one")
    private Double minP;

    @Option(names = "--repetition-penalty", paramLabel = "R", description = "above 1 makes tokens that occurred less likely")
    private Double repetitionPenalty;

    @Option(names = "--frequency-penalty", paramLabel = "F", description = "above 0 makes tokens less likely each time they occur")
    private Double frequencyPenalty;

    @Option(names = "--presence-penalty", paramLabel = "F", description = "above 0 makes tokens that occurred less likely")
    private Double presencePenalty;

    @Option(names = "--min-tokens", paramLabel = "N", description = "tokens before the answer may end")
    private Double minTokens;

    @Option(names = "--logit-bias", paramLabel = "ID=BIAS", description = "adds to a token's logit; may be given several times")
    private Map<Integer, Double> logitBias = new LinkedHashMap<>();

    @Option(names = "--bad-words", paramLabel = "TEXT", description = "a text that the answer must not hold; may be given several times")
    private List<String> badWords = new ArrayList<>();

    @Option(names = "--dry-breaker", paramLabel = "TEXT", description = "a text over which DRY sees no repetition; may be given several times")
    private List<String> dryBreakers = new ArrayList<>();

    @Option(names = "--samplers", paramLabel = "NAME", split = ",",
        description = "sampling steps in this order, and no others; default: all, in the order of transformers")
    private List<String> order = new ArrayList<>();

    @Option(names = "--sampler", paramLabel = "NAME=VALUE", description = {"option of a further sampling step, a plugin's for one:",
        "typical_p, top_n_sigma, dry_multiplier, xtc_probability, mirostat, dynatemp_range, …"})
    private Map<String, Double> further = new LinkedHashMap<>();

    @Option(names = "--seed", paramLabel = "N", description = "same seed, same text; default: another one each time")
    private Long seed;

    /** What was given. */
    public SamplingOptions options() {
        SamplingOptions options = SamplingOptions.of(further);
        options = with(options, "temperature", temperature);
        options = with(options, "top_k", topK);
        options = with(options, "top_p", topP);
        options = with(options, "min_p", minP);
        options = with(options, "repetition_penalty", repetitionPenalty);
        options = with(options, "frequency_penalty", frequencyPenalty);
        options = with(options, "presence_penalty", presencePenalty);
        options = with(options, "min_new_tokens", minTokens);
        options = with(options, "bad_words", badWords.stream().map(Phrase::of).toList());
        options = with(options, "dry_breakers", dryBreakers.stream().map(Phrase::of).toList());
        List<Phrase> biases = new ArrayList<>();
        logitBias.forEach((id, bias) -> biases.add(new Phrase("", List.of(id), bias)));
        return with(options, "logit_bias", biases).inOrder(order);
    }

    /** The seed given, or a short random one that a person can type again. */
    public long seed() {
        if (seed == null) {
            seed = (long) new SecureRandom().nextInt(1_000_000_000);
        }
        return seed;
    }

    private static SamplingOptions with(SamplingOptions options, String name, Double value) {
        return value == null ? options : options.with(name, value);
    }

    private static SamplingOptions with(SamplingOptions options, String name, List<Phrase> phrases) {
        return phrases.isEmpty() ? options : options.with(name, phrases);
    }
}
