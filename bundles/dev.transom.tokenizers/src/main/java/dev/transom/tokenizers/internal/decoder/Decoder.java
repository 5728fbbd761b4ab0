package dev.transom.tokenizers.internal.decoder;

import java.util.ArrayList;
import java.util.List;

/** Turns tokens into text, as a chain: each step takes a list of strings and gives one; the last is joined. */
@FunctionalInterface
public interface Decoder {

    /** The strings after this step; the list given is not changed. */
    List<String> decode(List<String> tokens);

    /** What the step makes of one token inside running text; bytes are not decoded. */
    default String inText(String token) {
        return token;
    }

    /** Whether tokens spell bytes as characters. */
    default boolean isByteLevel() {
        return false;
    }

    /** Whether {@code <0x0A>} spells a byte. */
    default boolean hasByteFallback() {
        return false;
    }

    /** Several steps in order. */
    static Decoder sequence(List<Decoder> steps) {
        return new Decoder() {
            @Override
            public List<String> decode(List<String> tokens) {
                List<String> strings = tokens;
                for (Decoder step : steps) {
                    strings = step.decode(strings);
                }
                return strings;
            }

            @Override
            public String inText(String token) {
                String text = token;
                for (Decoder step : steps) {
                    text = step.inText(text);
                }
                return text;
            }

            @Override
            public boolean isByteLevel() {
                return steps.stream().anyMatch(Decoder::isByteLevel);
            }

            @Override
            public boolean hasByteFallback() {
                return steps.stream().anyMatch(Decoder::hasByteFallback);
            }
        };
    }

    /** Joins all strings to one. */
    static Decoder fuse() {
        return tokens -> List.of(String.join("", tokens));
    }

    /** Replaces the suffix that ends a word by a space, at the very end by nothing. */
    static Decoder bpe(String suffix) {
        return tokens -> {
            List<String> texts = new ArrayList<>(tokens.size());
            for (int i = 0; i < tokens.size(); i++) {
                texts.add(tokens.get(i).replace(suffix, i == tokens.size() - 1 ? "" : " "));
            }
            return texts;
        };
    }
}
