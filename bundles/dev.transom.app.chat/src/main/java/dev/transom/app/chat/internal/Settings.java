package dev.transom.app.chat.internal;

import dev.transom.api.TransomException;
import dev.transom.api.config.Integers;
import dev.transom.api.sampler.SamplingOptions;
import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code /set} changes. Belongs to one conversation. */
final class Settings {

    private SamplingOptions sampling;
    private long seed;
    private int maxTokens;
    private boolean stats;

    /** @param maxTokens 0 for what the context holds */
    Settings(SamplingOptions sampling, long seed, int maxTokens, boolean stats) {
        this.sampling = sampling;
        this.seed = seed;
        this.maxTokens = maxTokens;
        this.stats = stats;
    }

    SamplingOptions sampling() {
        return sampling;
    }

    long seed() {
        return seed;
    }

    int maxTokens() {
        return maxTokens;
    }

    boolean stats() {
        return stats;
    }

    /** Another seed for each answer, so that a question asked again may be answered otherwise. */
    void nextSeed() {
        seed++;
    }

    void set(String name, String value) {
        switch (name) {
            case "stats" -> stats = flag(name, value);
            case "seed" -> seed = integer(name, value);
            case "max_tokens" -> maxTokens = (int) Math.clamp(integer(name, value), 0, Integer.MAX_VALUE);
            default -> sampling = sampling.with(name.replace('-', '_'), real(name, value));
        }
    }

    /** All settings by name. */
    Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        sampling.values().forEach((name, value) -> all.put(name, String.valueOf(value)));
        all.put("max_tokens", maxTokens == 0 ? "0 (what the context holds)" : String.valueOf(maxTokens));
        all.put("seed", String.valueOf(seed));
        all.put("stats", stats ? "on" : "off");
        return all;
    }

    private static boolean flag(String name, String value) {
        return switch (value) {
            case "on", "true", "1" -> true;
            case "off", "false", "0" -> false;
            default -> throw wrong(name, "on or off", value);
        };
    }

    private static long integer(String name, String value) {
        if (!Integers.fitsLong(value)) {
            throw wrong(name, "an integer", value);
        }
        return Long.parseLong(value);
    }

    private static double real(String name, String value) {
        try {
            double number = Double.parseDouble(value);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            // Refused below.
        }
        throw wrong(name, "a number", value);
    }

    private static TransomException wrong(String name, String rule, String value) {
        return new TransomException("/set " + name + ": the value must be " + rule + "; got " + value + ".");
    }
}
