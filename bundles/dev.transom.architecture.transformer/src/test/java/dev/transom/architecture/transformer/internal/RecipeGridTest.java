package dev.transom.architecture.transformer.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.tensor.TensorSource;
import dev.transom.graph.Autodiff;
import dev.transom.graph.Graph;
import dev.transom.graph.Node;
import dev.transom.graph.Operations;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** All 320 combinations equal an independent reference, forwards and backwards. */
class RecipeGridTest {

    /** Largest difference in float64, as a share of the tensor's largest element: expected tensors are stored as F32. */
    private static final double SHARE = 1e-6;

    private final Operations operations = Operations.core();

    @Test
    void everyCombinationEqualsTheReferenceInFloat64AndFloat32() {
        try (RecipeGrid grid = new RecipeGrid()) {
            TensorSource expected = grid.tensors("expected.safetensors");
            TensorSource gradients = grid.tensors("grads.safetensors");
            assertEquals(320, grid.names().size());
            for (String name : grid.names()) {
                GridRun run = GridRun.of(grid, name);
                Map<String, String> wanted = trained(gradients, name);
                Graph graph = run.graph(operations, List.copyOf(wanted.keySet()));
                Map<String, double[]> exact = run.run(operations, graph, true);
                Map<String, double[]> rounded = run.run(operations, graph, false);
                for (String output : List.of("logits", "loss")) {
                    String tensor = name + "." + output;
                    double[] want = RecipeGrid.reals(expected, tensor);
                    double[] valid = output.equals("logits") ? run.ragged(want) : want;
                    within(SHARE * largest(valid), valid, exact.get(output), tensor + " in float64");
                    within(grid.tolerance(tensor), valid, rounded.get(output), tensor + " in float32");
                }
                wanted.forEach((parameter, tensor) -> {
                    double[] want = RecipeGrid.reals(gradients, tensor);
                    String output = Autodiff.gradientName(parameter);
                    within(SHARE * largest(want), want, exact.get(output), tensor + " in float64");
                    within(grid.gradientTolerance(tensor), want, rounded.get(output), tensor + " in float32");
                });
            }
        }
    }

    @Test
    void everyCombinationReadsTheWeightsOfItsDefinitionAndNoOther() {
        try (RecipeGrid grid = new RecipeGrid()) {
            for (String name : grid.names()) {
                GridRun run = GridRun.of(grid, name);
                Map<String, String> stored = run.stored();
                assertEquals(new TreeSet<>(grid.used(name)), new TreeSet<>(run.graph(operations, List.of()).parameters()
                    .stream().map(Node::name).map(stored::get).toList()), name);
            }
        }
    }

    /** Parameters whose gradients are expected; in the grid they are called as here. */
    private static Map<String, String> trained(TensorSource gradients, String name) {
        String prefix = name + ".grad.";
        Map<String, String> trained = new LinkedHashMap<>();
        gradients.names().stream().filter(tensor -> tensor.startsWith(prefix))
            .forEach(tensor -> trained.put(tensor.substring(prefix.length()), tensor));
        assertTrue(trained.size() >= 2, name);
        return trained;
    }

    private static void within(double tolerance, double[] want, double[] got, String what) {
        assertEquals(want.length, got.length, what);
        double[] differences = new double[want.length];
        Arrays.setAll(differences, i -> want[i] - got[i]);
        assertTrue(largest(differences) <= tolerance, what + ": " + largest(differences) + " of " + tolerance);
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).map(value -> Double.isNaN(value) ? Double.POSITIVE_INFINITY : Math.abs(value)).max()
            .orElse(0);
    }
}
