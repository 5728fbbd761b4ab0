package dev.transom.app.options;

import dev.transom.api.sampler.SamplingOptions;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
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

    @Option(names = "--sampler", paramLabel = "NAME=VALUE", description = "option of a further sampling step that a plugin brings")
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
        return with(options, "repetition_penalty", repetitionPenalty);
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
}
