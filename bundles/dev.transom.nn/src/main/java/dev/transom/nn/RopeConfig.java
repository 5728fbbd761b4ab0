package dev.transom.nn;

import dev.transom.api.config.Config;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads RoPE from a configuration, in the old spelling ({@code rope_theta} beside {@code rope_scaling} with {@code type} or
 * {@code rope_type}) and the new one (all within {@code rope_parameters}).
 */
public final class RopeConfig {

    private final Config config;
    private final Config rope;
    private final int dim;
    private final int maxPositions;

    private RopeConfig(Config config, Config rope, int dim, int maxPositions) {
        this.config = config;
        this.rope = rope;
        this.dim = dim;
        this.maxPositions = maxPositions;
    }

    /**
     * Reads a RoPE in halves.
     *
     * @param dim          elements of a head that are turned
     * @param maxPositions max_position_embeddings
     * @param theta        base of the frequencies where none is given
     * @throws dev.transom.api.TransomException for a kind of scaling that is not known, or a number out of range
     */
    public static Rope read(Config config, int dim, int maxPositions, double theta) {
        Config rope = config.object("rope_parameters").or(() -> config.object("rope_scaling"))
            .orElseGet(() -> new Config(config.where(), java.util.Map.of()));
        double base = rope.real("rope_theta", config.real("rope_theta", theta));
        if (!(base > 0)) {
            throw config.wrong("rope_theta", "positive", base);
        }
        if (dim % 2 != 0) {
            throw config.wrong("head_dim", "even, because RoPE turns pairs", dim);
        }
        return new Rope(dim, base, "halves", new RopeConfig(config, rope, dim, maxPositions).scaling());
    }

    /**
     * How many elements of a head are turned: {@code partial_rotary_factor} in {@code rope_parameters}, GPT-NeoX's
     * {@code rotary_pct}, or {@code partial_rotary_factor}, of {@code headDim}.
     *
     * @param otherwise the part that turns where none is given
     */
    public static int turned(Config config, int headDim, double otherwise) {
        String partial = "partial_rotary_factor";
        String key = config.has("rotary_pct") ? "rotary_pct" : partial;
        double part = config.object("rope_parameters").filter(rope -> rope.has(partial)).map(rope -> rope.real(partial, 1))
            .orElse(config.real(key, otherwise));
        int dim = (int) (headDim * part);
        if (!(part > 0 && part <= 1) || dim == 0) {
            throw config.wrong(key, "above 0 and at most 1, and turn two elements of a head or more", part);
        }
        return dim;
    }

    private RopeScaling scaling() {
        String key = rope.has("rope_type") ? "rope_type" : "type";
        return switch (rope.text(key, "default")) {
            case "default" -> nothingElse();
            case "linear" -> new RopeScaling.Linear(factor());
            case "dynamic" -> new RopeScaling.Dynamic(factor(), original());
            case "llama3" -> llama3();
            case "yarn" -> yarn();
            case "longrope", "su" -> longRope();
            case "divisors" -> new RopeScaling.Divided(divisors("divisors"));
            case String other -> throw rope.wrong(key, "default, linear, dynamic, llama3, yarn or longrope", other);
        };
    }

    /** A table by kind of layer, as Gemma 3 has it, must not read as no scaling. */
    private RopeScaling nothingElse() {
        rope.values().forEach((key, value) -> {
            if (value instanceof java.util.Map) {
                throw rope.wrong(key, "a number: this architecture has one RoPE for all layers", value);
            }
        });
        return new RopeScaling.None();
    }

    private RopeScaling llama3() {
        double low = positive("low_freq_factor", -1);
        double high = positive("high_freq_factor", -1);
        if (!(high > low)) {
            throw rope.wrong("high_freq_factor", "above low_freq_factor = " + low, high);
        }
        return new RopeScaling.Llama3(factor(), low, high, rope.size("original_max_position_embeddings"));
    }

    private RopeScaling yarn() {
        double factor = factor();
        double attention = RopeScaling.Yarn.attentionFactor(factor);
        double mscale = rope.real("mscale", 0);
        double mscaleAll = rope.real("mscale_all_dim", 0);
        if (rope.has("attention_factor")) {
            attention = positive("attention_factor", -1);
        } else if (mscale != 0 && mscaleAll != 0) {
            attention = RopeScaling.Yarn.attentionFactor(factor, mscale) / RopeScaling.Yarn.attentionFactor(factor, mscaleAll);
        }
        return new RopeScaling.Yarn(factor, original(), positive("beta_fast", 32), positive("beta_slow", 1), attention,
            rope.flag("truncate", true));
    }

    private RopeScaling longRope() {
        int original = original();
        double factor = original < maxPositions ? (double) maxPositions / original : rope.real("factor", 1);
        double attention = factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(original));
        return new RopeScaling.LongRope(divisors("short_factor"), divisors("long_factor"), original,
            rope.real("attention_factor", attention));
    }

    private List<Double> divisors(String key) {
        List<Double> divisors = new ArrayList<>();
        for (Object value : rope.list(key)) {
            if (!(value instanceof Number number) || !(number.doubleValue() > 0)) {
                throw rope.wrong(key, "a list of positive numbers", value);
            }
            divisors.add(number.doubleValue());
        }
        if (divisors.size() != dim / 2) {
            throw rope.wrong(key, "a list of " + dim / 2 + " numbers, one for each pair of a head", divisors.size());
        }
        return divisors;
    }

    private double factor() {
        double factor = positive("factor", -1);
        if (factor < 1) {
            throw rope.wrong("factor", "1 or more", factor);
        }
        return factor;
    }

    /** Positions that the model was trained on. */
    private int original() {
        if (rope.has("original_max_position_embeddings")) {
            return rope.size("original_max_position_embeddings");
        }
        return config.has("original_max_position_embeddings") ? config.size("original_max_position_embeddings") : maxPositions;
    }

    private double positive(String key, double otherwise) {
        double value = rope.real(key, otherwise);
        if (!rope.has(key) && otherwise < 0) {
            throw rope.missing(key);
        }
        if (!(value > 0)) {
            throw rope.wrong(key, "positive", value);
        }
        return value;
    }
}
