package dev.transom.samplers.internal;

import dev.transom.api.sampler.Sampler.Setting;
import dev.transom.api.sampler.SamplingOptions;
import dev.transom.api.sampler.SamplingOptions.Phrase;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Reads a case's parameters, which are spelt as in the libraries that the cases come from, as options and setting. */
record CaseOptions(SamplingOptions options, Setting setting) {

    /** Parameters whose meaning depends on the kind of case, by the beginning of its name. */
    private static final Map<String, Map<String, String>> NAMES = Map.of(
        "epsilon", Map.of("epsilon", "epsilon_cutoff"),
        "eta", Map.of("epsilon", "eta_cutoff"),
        "freq", Map.of("last_n", Occurrences.LAST_N),
        "penalties", Map.of("last_n", Occurrences.LAST_N),
        "exponential_decay", Map.of("start_index", "exponential_decay_start", "decay_factor", "exponential_decay_factor"),
        "dry", Map.of("multiplier", "dry_multiplier", "base", "dry_base", "allowed_length", "dry_allowed_length",
            "last_n", "dry_last_n", "sequence_breaker_tokens", "dry_breakers"),
        "xtc", Map.of("probability", "xtc_probability", "threshold", "xtc_threshold"),
        "top_n_sigma", Map.of("n", "top_n_sigma"),
        "dynatemp", Map.of("range", DynamicTemperature.RANGE, "exponent", DynamicTemperature.EXPONENT),
        "mirostat2", Map.of("mu", "mirostat_mu", "tau", "mirostat_tau", "eta", "mirostat_eta"));
    /** What a kind of case means without saying so. */
    private static final Map<String, String> IMPLIED = Map.of("mirostat2", "mirostat", "log_softmax", "renormalize_logits");
    private static final Set<String> NOT_OPTIONS = Set.of("history", "current_length", "chosen_rank", "eos_token_id", "max_length",
        "input_ids_seq_length", "random");

    static CaseOptions of(String name, JsonObject params, int vocabulary) {
        String kind = NAMES.keySet().stream().filter(name::startsWith).findFirst().orElse("");
        Map<String, String> spelling = NAMES.getOrDefault(kind, Map.of());
        SamplingOptions options = SamplingOptions.NONE;
        for (var implied : IMPLIED.entrySet()) {
            if (name.startsWith(implied.getKey())) {
                options = options.with(implied.getValue(), 2);
            }
        }
        for (var param : params.entrySet()) {
            if (!NOT_OPTIONS.contains(param.getKey())) {
                String option = param.getKey().equals("bad_words_ids") ? "bad_words" : param.getKey();
                options = with(options, spelling.getOrDefault(option, option), param.getValue());
            }
        }
        double random = params.containsKey("random") ? params.getJsonNumber("random").doubleValue() : 0.5;
        return new CaseOptions(options, new Setting(vocabulary, params.getInt("input_ids_seq_length", 0),
            params.getInt("max_length", Integer.MAX_VALUE), stopIds(params.get("eos_token_id")), (_, _) -> random));
    }

    private static SamplingOptions with(SamplingOptions options, String option, JsonValue value) {
        return switch (value) {
            case JsonNumber number -> options.with(option, number.doubleValue());
            // "all" tokens of the row
            case JsonString _ -> options.with(option, -1);
            case JsonObject map -> options.with(option, map.entrySet().stream()
                .map(entry -> new Phrase("", List.of(Integer.valueOf(entry.getKey())), real(entry.getValue()))).toList());
            case JsonArray list -> options.with(option, list.stream().map(CaseOptions::phrase).toList());
            default -> throw new ClassCastException(option + " must be a number, a list or an object; got " + value);
        };
    }

    /** An id, a list of ids, or a list of ids with its bias. */
    private static Phrase phrase(JsonValue value) {
        if (value instanceof JsonNumber id) {
            return Phrase.of(id.intValue());
        }
        JsonArray list = value.asJsonArray();
        boolean biased = list.getFirst() instanceof JsonArray;
        return new Phrase("", ids(biased ? list.getJsonArray(0) : list), biased ? real(list.get(1)) : 0);
    }

    private static Set<Integer> stopIds(JsonValue value) {
        return value == null ? Set.of() : new TreeSet<>(value instanceof JsonArray list ? ids(list)
            : List.of(((JsonNumber) value).intValue()));
    }

    private static List<Integer> ids(JsonArray list) {
        List<Integer> ids = new ArrayList<>();
        IntStream.range(0, list.size()).forEach(i -> ids.add(list.getInt(i)));
        return ids;
    }

    private static double real(JsonValue value) {
        return ((JsonNumber) value).doubleValue();
    }
}
