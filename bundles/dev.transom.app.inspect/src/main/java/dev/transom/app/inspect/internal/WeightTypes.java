package dev.transom.app.inspect.internal;

import dev.transom.api.TransomException;
import dev.transom.api.config.Config;
import dev.transom.api.model.OpenModel;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.TypePlan;
import dev.transom.graph.Graph;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * In which formats weights are counted: those asked for, else as the files hold them, else, without weights, as config.json says.
 *
 * @param description for people, with the reason
 * @param plan        the formats of a graph's parameters
 */
record WeightTypes(String description, Function<Graph, TypePlan> plan) {

    private static final List<Format> UNIFORM = List.of(Format.F32, Format.F16, Format.BF16);
    private static final Map<String, Format> TORCH = Map.of("float32", Format.F32, "float16", Format.F16, "bfloat16", Format.BF16);

    static WeightTypes of(OpenModel model, Optional<String> asked) {
        if (asked.isPresent()) {
            return uniform(named(asked.get()), "as asked");
        }
        try {
            var stored = model.files().tensors();
            String formats = stored.names().stream().map(stored::find).flatMap(Optional::stream).map(tensor -> tensor.format().name())
                .collect(Collectors.toCollection(TreeSet::new)).stream().collect(Collectors.joining(", "));
            return new WeightTypes(formats + ", as the files hold them", model::types);
        } catch (TransomException noWeights) {
            return uniform(configured(model.files().config()), "as config.json says, for no weights were read ("
                + noWeights.getMessage().replaceFirst("\\.$", "") + ")");
        }
    }

    private static WeightTypes uniform(Format format, String reason) {
        return new WeightTypes(format + ", " + reason, _ -> TypePlan.uniform(format));
    }

    private static Format named(String name) {
        return UNIFORM.stream().filter(format -> format.name().equalsIgnoreCase(name)).findFirst().orElseThrow(() ->
            new TransomException("option --types: it must be one of " + UNIFORM + "; got " + name + "."));
    }

    private static Format configured(Config config) {
        String type = config.text("dtype").or(() -> config.text("torch_dtype")).orElse("float32");
        return TORCH.getOrDefault(type, Format.F32);
    }
}
