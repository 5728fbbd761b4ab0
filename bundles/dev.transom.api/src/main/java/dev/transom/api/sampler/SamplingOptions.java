package dev.transom.api.sampler;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Options of all sampling steps by name, so that a plugin's step has options like the built-in ones: {@code temperature},
 * {@code top_k}, {@code top_p}, {@code min_p}, {@code repetition_penalty}, …
 *
 * @param values  numbers by name
 * @param phrases lists of tokens by name: {@code logit_bias}, {@code bad_words}, {@code dry_breakers}, …
 * @param order   names of the steps that apply, first to last; empty for all installed ones in their usual order
 */
public record SamplingOptions(SortedMap<String, Double> values, SortedMap<String, List<Phrase>> phrases, List<String> order) {

    /** No step does anything: greedy when temperature is 0, else the model's own distribution. */
    public static final SamplingOptions NONE = new SamplingOptions(new TreeMap<>());
    /** Always the most likely token. */
    public static final SamplingOptions GREEDY = NONE.with("temperature", 0);

    public SamplingOptions {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        SortedMap<String, List<Phrase>> copies = new TreeMap<>();
        phrases.forEach((name, list) -> copies.put(name, List.copyOf(list)));
        phrases = Collections.unmodifiableSortedMap(copies);
        order = List.copyOf(order);
    }

    /** Numbers only. */
    public SamplingOptions(SortedMap<String, Double> values) {
        this(values, new TreeMap<>(), List.of());
    }

    public static SamplingOptions of(Map<String, Double> values) {
        return new SamplingOptions(new TreeMap<>(values));
    }

    public Optional<Double> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    public double get(String name, double otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    /** Phrases of an option, empty when it is not given. */
    public List<Phrase> phrases(String name) {
        return phrases.getOrDefault(name, List.of());
    }

    /** Names of all options given. */
    public Set<String> names() {
        Set<String> names = new HashSet<>(values.keySet());
        names.addAll(phrases.keySet());
        return names;
    }

    public SamplingOptions with(String name, double value) {
        SortedMap<String, Double> changed = new TreeMap<>(values);
        changed.put(name, value);
        return new SamplingOptions(changed, phrases, order);
    }

    public SamplingOptions with(String name, List<Phrase> list) {
        SortedMap<String, List<Phrase>> changed = new TreeMap<>(phrases);
        changed.put(name, list);
        return new SamplingOptions(values, changed, order);
    }

    /** Steps in an order of the caller's; steps that are not named do nothing. */
    public SamplingOptions inOrder(List<String> names) {
        return new SamplingOptions(values, phrases, names);
    }

    /** Whether the most likely token is always taken. */
    public boolean greedy() {
        return get("temperature", 1) == 0;
    }

    /**
     * One or more tokens in a row and a number that goes with them.
     *
     * @param text text of the tokens, which a task turns into {@code ids}; empty when ids are given
     * @param ids  token ids; empty as long as only the text is known
     * @param bias what is added to the logit of the last of them, for options that read it
     */
    public record Phrase(String text, List<Integer> ids, double bias) {

        public Phrase {
            ids = List.copyOf(ids);
        }

        public static Phrase of(Integer... ids) {
            return new Phrase("", List.of(ids), 0);
        }

        public static Phrase of(String text) {
            return new Phrase(text, List.of(), 0);
        }
    }
}
