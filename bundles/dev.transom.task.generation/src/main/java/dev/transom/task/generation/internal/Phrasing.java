package dev.transom.task.generation.internal;

import dev.transom.api.TransomException;
import dev.transom.api.sampler.SamplingOptions;
import dev.transom.api.sampler.SamplingOptions.Phrase;
import dev.transom.api.tokenizer.EncodeOptions;
import dev.transom.api.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Turns phrases that are texts into tokens. A word counts as it is spelt at the beginning of a text and after a space; a breaker of DRY is every
 * token that holds its text, looked up once for each tokenizer. Safe for concurrent use.
 */
final class Phrasing {

    private static final String BREAKERS = "dry_breakers";
    /** Those of llama.cpp, where a caller wants DRY and names none. */
    private static final List<String> USUAL_BREAKERS = List.of("\n", ":", "\"", "*");

    private final Map<Tokenizer, Map<String, List<Phrase>>> holders = new WeakHashMap<>();

    SamplingOptions resolve(SamplingOptions options, Tokenizer tokenizer) {
        SamplingOptions resolved = options;
        if (options.get("dry_multiplier", 0) > 0 && !options.phrases().containsKey(BREAKERS)) {
            resolved = resolved.with(BREAKERS, USUAL_BREAKERS.stream().map(Phrase::of).toList());
        }
        for (var entry : resolved.phrases().entrySet()) {
            if (entry.getValue().stream().anyMatch(phrase -> phrase.ids().isEmpty())) {
                Set<Phrase> phrases = new LinkedHashSet<>();
                for (Phrase phrase : entry.getValue()) {
                    phrases.addAll(resolve(entry.getKey(), phrase, tokenizer));
                }
                resolved = resolved.with(entry.getKey(), List.copyOf(phrases));
            }
        }
        return resolved;
    }

    private List<Phrase> resolve(String option, Phrase phrase, Tokenizer tokenizer) {
        if (!phrase.ids().isEmpty()) {
            return List.of(phrase);
        }
        if (phrase.text().isEmpty()) {
            throw new TransomException("option " + option + ": a phrase must not be empty. Leave it out.");
        }
        return option.equals(BREAKERS) ? holding(phrase.text(), tokenizer) : spellings(phrase, tokenizer);
    }

    private static List<Phrase> spellings(Phrase phrase, Tokenizer tokenizer) {
        Set<Phrase> spellings = new LinkedHashSet<>();
        for (String text : List.of(phrase.text(), " " + phrase.text())) {
            List<Integer> ids = Arrays.stream(tokenizer.encode(text, EncodeOptions.PLAIN).ids()).boxed().toList();
            if (!ids.isEmpty()) {
                spellings.add(new Phrase(phrase.text(), ids, phrase.bias()));
            }
        }
        return List.copyOf(spellings);
    }

    private List<Phrase> holding(String text, Tokenizer tokenizer) {
        Map<String, List<Phrase>> known;
        synchronized (holders) {
            known = holders.computeIfAbsent(tokenizer, _ -> new ConcurrentHashMap<>());
        }
        return known.computeIfAbsent(text, wanted -> search(wanted, tokenizer));
    }

    private static List<Phrase> search(String text, Tokenizer tokenizer) {
        String wanted = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        List<Phrase> found = new ArrayList<>();
        for (int id = 0; id < tokenizer.vocabularySize(); id++) {
            try {
                if (!tokenizer.isSpecial(id)
                    && new String(tokenizer.tokenBytes(id), StandardCharsets.ISO_8859_1).contains(wanted)) {
                    found.add(Phrase.of(id));
                }
            } catch (TransomException gap) {
                // An id that no token has.
            }
        }
        return List.copyOf(found);
    }
}
