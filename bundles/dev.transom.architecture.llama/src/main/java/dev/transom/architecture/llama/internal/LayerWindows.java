package dev.transom.architecture.llama.internal;

import dev.transom.api.config.Config;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Which layers see only the keys nearest before a query, by each family's keys; {@code layer_types} decides where it is given. */
final class LayerWindows {

    private static final String SLIDING = "sliding_attention";

    private LayerWindows() {
    }

    /** For each layer the keys that a query sees, its own among them; 0 for all. */
    static List<Integer> read(Config config, Family family, int layers) {
        return switch (family) {
            case LLAMA, GEMMA -> windows(layers, 0, _ -> false);
            case MISTRAL, PHI3 -> windows(layers, config.has("sliding_window") ? config.size("sliding_window") : 0, _ -> true);
            case QWEN2, QWEN3 -> qwen(config, layers);
            case GEMMA2 -> typed(config, layers, layer -> (layer + 1) % 2 != 0);
            case GEMMA3 -> {
                int pattern = pattern(config);
                yield typed(config, layers, layer -> (layer + 1) % pattern != 0);
            }
        };
    }

    /** Only with use_sliding_window, and then from max_window_layers on. */
    private static List<Integer> qwen(Config config, int layers) {
        if (!config.flag("use_sliding_window", false)) {
            if (config.texts("layer_types").contains(SLIDING)) {
                throw config.wrong("layer_types", "full_attention where use_sliding_window is false", SLIDING);
            }
            return windows(layers, 0, _ -> false);
        }
        int first = config.int32("max_window_layers", 28);
        return typed(config, layers, layer -> layer >= first);
    }

    /** Every layer but each sixth, in the spellings that Hugging Face has had. */
    private static int pattern(Config config) {
        String key = config.has("sliding_window_pattern") ? "sliding_window_pattern" : "_sliding_window_pattern";
        return config.has(key) ? config.size(key) : 6;
    }

    private static List<Integer> typed(Config config, int layers, IntPredicate otherwise) {
        List<String> types = config.texts("layer_types");
        if (types.isEmpty()) {
            return windows(layers, config.size("sliding_window"), otherwise);
        }
        if (types.size() != layers) {
            throw config.wrong("layer_types", "a list of num_hidden_layers = " + layers + " kinds", types.size());
        }
        types.stream().filter(type -> !type.equals(SLIDING) && !type.equals("full_attention")).findFirst().ifPresent(other -> {
            throw config.wrong("layer_types", "full_attention or sliding_attention for each layer", other);
        });
        return windows(layers, types.contains(SLIDING) ? config.size("sliding_window") : 0,
            layer -> types.get(layer).equals(SLIDING));
    }

    private static List<Integer> windows(int layers, int window, IntPredicate slides) {
        return IntStream.range(0, layers).mapToObj(layer -> slides.test(layer) ? window : 0).toList();
    }
}
