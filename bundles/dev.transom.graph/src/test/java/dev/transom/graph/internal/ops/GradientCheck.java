package dev.transom.graph.internal.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.transom.graph.Attributes;
import dev.transom.graph.Autodiff;
import dev.transom.graph.CounterRandom;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Operations;
import dev.transom.graph.Precision;
import dev.transom.graph.ReferenceRun;
import dev.transom.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares the gradient that a rule emits with central differences in float64. */
final class GradientCheck {

    private static final double STEP = 1e-5;

    private GradientCheck() {
    }

    /** Fails unless gradients of a random projection of the first output agree for each input listed. */
    static void agrees(String operation, Attributes attributes, int[] differentiated, HostTensor... inputs) {
        GraphBuilder g = new GraphBuilder(Operations.core());
        List<Value> values = new ArrayList<>();
        Map<String, HostTensor> given = new HashMap<>();
        for (int i = 0; i < inputs.length; i++) {
            values.add(g.input("input" + i, inputs[i].tensorType()));
            given.put("input" + i, inputs[i]);
        }
        Value y = g.apply(operation, attributes, values).output();
        Value direction = g.input("direction", y.tensor());
        given.put("direction", random(7, Arrays.stream(y.shape().maxSizes()).toArray()));
        Value loss = g.sumAll(g.mul(y, direction));
        List<Value> wanted = Arrays.stream(differentiated).mapToObj(values::get).toList();
        List<Value> gradients = Autodiff.gradients(g, loss, wanted);
        g.output("loss", loss);
        for (int i = 0; i < wanted.size(); i++) {
            g.output("gradient" + differentiated[i], gradients.get(i));
        }
        ReferenceRun run = new ReferenceRun(g.build(), Operations.core(), Precision.FLOAT64);
        var analytic = run.run(given, Map.of());
        for (int input : differentiated) {
            double[] gradient = analytic.get("gradient" + input).reals();
            for (int e = 0; e < gradient.length; e++) {
                double numeric = (loss(run, given, input, e, STEP) - loss(run, given, input, e, -STEP)) / (2 * STEP);
                assertEquals(numeric, gradient[e], 1e-7 * (1 + Math.abs(numeric)), operation + " input " + input
                    + " element " + e);
            }
        }
    }

    private static double loss(ReferenceRun run, Map<String, HostTensor> given, int input, int element, double step) {
        Map<String, HostTensor> moved = new HashMap<>(given);
        HostTensor old = given.get("input" + input);
        double[] reals = old.reals().clone();
        reals[element] += step;
        moved.put("input" + input, HostTensor.ofReals(reals, old.shape()));
        return run.run(moved, Map.of()).get("loss").reals()[0];
    }

    /** Reals between −1.5 and 1.5. */
    static HostTensor random(int stream, long... shape) {
        double[] reals = new double[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < reals.length; i++) {
            reals[i] = 3 * CounterRandom.uniform(42, stream, 0, i) - 1.5;
        }
        return HostTensor.ofReals(reals, shape);
    }
}
