package dev.transom.samplers.internal;

import dev.transom.api.sampler.SamplingOptions;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Reads a chain of steps: an entry is {@code top_k}, its value standing in the list beside, or carries its values:
 * {@code typical_p 0.98}, {@code dry(0.8, 1.75, 2)}, {@code penalties(last_n 64, repeat 1.1)}.
 */
final class CaseChain {

    private static final List<String> DRY = List.of("dry_multiplier", "dry_base", "dry_allowed_length");
    private static final Map<String, String> PENALTIES = Map.of("last_n", Occurrences.LAST_N, "repeat", "repetition_penalty",
        "frequency", "frequency_penalty", "presence", "presence_penalty");

    private CaseChain() {
    }

    static SamplingOptions of(JsonObject params) {
        JsonArray values = params.getJsonArray("values");
        SamplingOptions options = SamplingOptions.NONE;
        List<String> order = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < params.getJsonArray("order").size(); i++) {
            String entry = params.getJsonArray("order").getString(i);
            String[] words = entry.replaceAll("[(),]+", " ").trim().split(" +");
            switch (words[0]) {
                case "softmax" -> { }
                case "penalties" -> {
                    order.addAll(List.of("repetition_penalty", "frequency_penalty", "presence_penalty"));
                    for (int word = 1; word < words.length; word += 2) {
                        options = options.with(PENALTIES.get(words[word]), Double.parseDouble(words[word + 1]));
                    }
                }
                case "dry" -> {
                    order.add("dry_multiplier");
                    List<String> given = Arrays.asList(words).subList(1, words.length);
                    for (int place = 0; place < given.size(); place++) {
                        options = options.with(DRY.get(place), Double.parseDouble(given.get(place)));
                    }
                }
                default -> {
                    order.add(words[0]);
                    options = options.with(words[0], words.length > 1 ? Double.parseDouble(words[1])
                        : values.getJsonNumber(next++).doubleValue());
                }
            }
        }
        return options.inOrder(order);
    }
}
