package dev.transom.task.embedding.internal;

import dev.transom.api.TransomException;
import dev.transom.api.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How the hidden states {@code [tokens, hidden]} of a text become one vector, as sentence-transformers' Pooling defines it. Several
 * modes are joined in the order of the constants.
 */
enum Pooling {

    /** The first token's. */
    CLS("cls_token", "cls") {
        @Override
        void pool(float[] hidden, int from, int tokens, int width, double[] into, int at) {
            copy(hidden, from, width, into, at);
        }
    },
    /** The largest value of each element. */
    MAX("max_tokens", "max") {
        @Override
        void pool(float[] hidden, int from, int tokens, int width, double[] into, int at) {
            copy(hidden, from, width, into, at);
            for (int token = 1; token < tokens; token++) {
                for (int i = 0; i < width; i++) {
                    into[at + i] = Math.max(into[at + i], hidden[from + token * width + i]);
                }
            }
        }
    },
    /** The mean over tokens. */
    MEAN("mean_tokens", "mean") {
        @Override
        void pool(float[] hidden, int from, int tokens, int width, double[] into, int at) {
            sum(hidden, from, tokens, width, into, at);
            divide(into, at, width, tokens);
        }
    },
    /** The sum over tokens divided by the root of their number. */
    MEAN_SQRT_LENGTH("mean_sqrt_len_tokens", "mean_sqrt_len_tokens") {
        @Override
        void pool(float[] hidden, int from, int tokens, int width, double[] into, int at) {
            sum(hidden, from, tokens, width, into, at);
            divide(into, at, width, Math.sqrt(tokens));
        }
    },
    /** The mean weighted with 1, 2, 3, …: later tokens of a causal model have seen more. */
    WEIGHTED_MEAN("weightedmean_tokens", "weightedmean") {
        @Override
        void pool(float[] hidden, int from, int tokens, int width, double[] into, int at) {
            for (int token = 0; token < tokens; token++) {
                for (int i = 0; i < width; i++) {
                    into[at + i] += (token + 1.0) * hidden[from + token * width + i];
                }
            }
            divide(into, at, width, tokens * (tokens + 1.0) / 2);
        }
    },
    /** The last token's. */
    LAST("lasttoken", "lasttoken") {
        @Override
        void pool(float[] hidden, int from, int tokens, int width, double[] into, int at) {
            copy(hidden, from + (tokens - 1) * width, width, into, at);
        }
    };

    private final String flag;
    private final String word;

    Pooling(String flag, String word) {
        this.flag = "pooling_mode_" + flag;
        this.word = word;
    }

    /**
     * Pools one text.
     *
     * @param hidden hidden states of a step
     * @param from   index of the text's first element
     * @param into   the vector, zeros at {@code at} …
     */
    abstract void pool(float[] hidden, int from, int tokens, int width, double[] into, int at);

    /** The modes that a configuration names, by flags or, in newer files, by a word. */
    static List<Pooling> read(Config config) {
        List<Pooling> modes = new ArrayList<>();
        if (config.values().get("pooling_mode") instanceof String word) {
            for (Pooling mode : values()) {
                if (mode.word.equals(word.toLowerCase(Locale.ROOT))) {
                    modes.add(mode);
                }
            }
        }
        for (Pooling mode : values()) {
            if (config.flag(mode.flag, false)) {
                modes.add(mode);
            }
        }
        for (Map.Entry<String, Object> entry : config.values().entrySet()) {
            boolean unknown = entry.getKey().startsWith("pooling_mode_") && Boolean.TRUE.equals(entry.getValue());
            for (Pooling mode : values()) {
                unknown &= !mode.flag.equals(entry.getKey());
            }
            if (unknown) {
                throw new TransomException(config.where() + ": pooling must be one of " + List.of(values()) + "; got "
                    + entry.getKey() + ". Set another to true.");
            }
        }
        if (modes.isEmpty()) {
            throw new TransomException(config.where() + ": a pooling mode must be chosen; none is. Set pooling_mode_mean_tokens to true.");
        }
        return List.copyOf(modes);
    }

    private static void copy(float[] hidden, int from, int width, double[] into, int at) {
        for (int i = 0; i < width; i++) {
            into[at + i] = hidden[from + i];
        }
    }

    private static void sum(float[] hidden, int from, int tokens, int width, double[] into, int at) {
        for (int token = 0; token < tokens; token++) {
            for (int i = 0; i < width; i++) {
                into[at + i] += hidden[from + token * width + i];
            }
        }
    }

    private static void divide(double[] into, int at, int width, double by) {
        for (int i = 0; i < width; i++) {
            into[at + i] /= by;
        }
    }
}
