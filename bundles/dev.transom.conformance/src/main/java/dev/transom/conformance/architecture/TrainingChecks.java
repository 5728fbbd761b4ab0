package dev.transom.conformance.architecture;

import dev.transom.api.architecture.Head;
import dev.transom.api.architecture.Inputs;
import dev.transom.conformance.architecture.Row.Part;
import dev.transom.conformance.internal.Tolerance;
import dev.transom.graph.Autodiff;
import dev.transom.graph.CounterRandom;
import dev.transom.graph.Graph;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Node;
import dev.transom.graph.Precision;
import dev.transom.graph.ReferenceRun;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Losses differentiate, and dropout draws as it is told. */
final class TrainingChecks {

    /** Errors of a central difference: its square beside rounding over it, both some 1e-10 of the loss. */
    private static final double STEP = 1e-6;
    private static final double TOLERANCE = 1e-5;
    /** Beside the rounding of the loss over the step. */
    private static final double FLOOR = 1e-8;

    private final Subject subject;
    private final Machine machine;
    private final List<Part> parts;

    TrainingChecks(Subject subject, Machine machine) {
        this.subject = subject;
        this.machine = machine;
        this.parts = Equivalences.rows(subject).stream().map(Row::whole).toList();
    }

    /** In float64, for each parameter in a random direction. */
    void differences(Head head, List<String> broken) {
        Graph forward = subject.graph(subject.training(head.name(), false));
        Graph graph = gradients(forward);
        Map<String, HostTensor> inputs = inputs(head, forward);
        Map<String, HostTensor> parameters = new HashMap<>(subject.parameters().rounded());
        Map<String, HostTensor> outputs = new ReferenceRun(graph, subject.operations(), Precision.FLOAT64)
            .run(inputs, parameters, Map.of());
        ReferenceRun loss = new ReferenceRun(new Graph(forward.nodes(), Map.of("loss", forward.outputs().get("loss"))),
            subject.operations(), Precision.FLOAT64);
        if (!Double.isFinite(outputs.get("loss").reals()[0])) {
            broken.add("the loss must be a number; it is " + outputs.get("loss").reals()[0] + ".");
        }
        for (Node node : forward.parameters()) {
            HostTensor gradient = outputs.get(Autodiff.gradientName(node.name()));
            if (gradient != null) {
                direction(node.name(), gradient.reals(), parameters, moved ->
                    loss.run(inputs, moved, Map.of()).get("loss").reals()[0], broken);
            }
        }
    }

    /** A backend's loss and gradients are those of the operations' meaning. */
    void oracle(Head head, List<String> broken) {
        Graph forward = subject.graph(subject.training(head.name(), false));
        Graph graph = gradients(forward);
        Map<String, HostTensor> want = new Machine.Oracle(subject).run(graph, inputs(head, forward));
        Map<String, HostTensor> got = machine.run(graph, inputs(head, forward));
        double largest = want.entrySet().stream().filter(entry -> entry.getKey().startsWith(Autodiff.gradientName("")))
            .mapToDouble(entry -> Differences.magnitude(entry.getValue().reals())).max().orElse(0);
        want.forEach((name, tensor) -> {
            // Small gradients are what is left of large terms; that of a bias of keys is zero but for rounding.
            double allowed = machine.tolerance() * Math.max(Differences.magnitude(tensor.reals()), 0.1 * largest);
            double difference = Differences.largest(tensor.reals(), got.get(name).reals());
            if (!(difference <= allowed)) {
                broken.add(String.format(Locale.ROOT,
                    "%s must be the oracle's within %.1e; the largest difference is %.1e.", name, allowed, difference));
            }
        });
    }

    /** One seed and step give the same bits, another seed or step gives others, and no two places draw the same numbers. */
    void dropout(Head head, List<String> broken) {
        Graph graph = subject.graph(subject.training(head.name(), true));
        Set<Object> streams = new HashSet<>();
        for (Node node : graph.nodes()) {
            if (node.operation().equals("dropout") && !streams.add(node.attributes().int32("id"))) {
                broken.add("each dropout must draw from a stream of its own; two have the id " + node.attributes().int32("id")
                    + ".");
            }
        }
        if (streams.isEmpty()) {
            return; // The configuration has none.
        }
        HostTensor loss = dropped(head, graph, 1, 0);
        Tolerance.sameBits("the loss, run twice with one seed and step", loss, dropped(head, graph, 1, 0), broken);
        if (loss.equals(dropped(head, graph, 2, 0)) || loss.equals(dropped(head, graph, 1, 1))) {
            broken.add("another seed or step must drop other elements; the loss is the same.");
        }
    }

    private HostTensor dropped(Head head, Graph graph, int seed, int step) {
        Map<String, HostTensor> inputs = inputs(head, graph);
        inputs.put(Inputs.SEED, RandomLabels.seed(seed, step));
        return machine.run(graph, inputs).get("loss");
    }

    private Graph gradients(Graph forward) {
        return Autodiff.withGradients(subject.operations(), forward, forward.parameters().stream().map(Node::name).toList());
    }

    private Map<String, HostTensor> inputs(Head head, Graph graph) {
        Map<String, HostTensor> inputs = new HashMap<>(StepInputs.of(subject, graph, parts));
        inputs.putAll(RandomLabels.of(head, graph, parts));
        return inputs;
    }

    private static void direction(String name, double[] gradient, Map<String, HostTensor> parameters, Loss loss,
            List<String> broken) {
        double[] direction = new double[gradient.length];
        double squares = 0;
        for (int i = 0; i < direction.length; i++) {
            direction[i] = 2 * CounterRandom.uniform(13, name.hashCode(), 0, i) - 1;
            squares += direction[i] * direction[i];
        }
        double product = 0;
        double length = 0;
        for (int i = 0; i < direction.length; i++) {
            direction[i] /= Math.sqrt(squares);
            product += direction[i] * gradient[i];
            length += gradient[i] * gradient[i];
        }
        double allowed = TOLERANCE * Math.sqrt(length) + FLOOR;
        double difference = difference(name, direction, STEP, parameters, loss);
        if (!(Math.abs(difference - product) <= allowed)) {
            // A kink, as relu's, may lie within one step; hardly within a tenth of it on the other side too.
            difference = difference(name, direction, STEP / 10, parameters, loss);
        }
        if (!(Math.abs(difference - product) <= allowed)) {
            broken.add(String.format(Locale.ROOT, "the gradient of %s must be the difference of losses within %.1e; in one"
                + " direction it is %.9g, the difference is %.9g.", name, allowed, product, difference));
        }
    }

    private static double difference(String name, double[] direction, double step, Map<String, HostTensor> parameters,
            Loss loss) {
        HostTensor before = parameters.get(name);
        double[] sides = new double[2];
        for (int side = 0; side < 2; side++) {
            double[] moved = before.reals().clone();
            for (int i = 0; i < moved.length; i++) {
                moved[i] += (side == 0 ? step : -step) * direction[i];
            }
            parameters.put(name, HostTensor.ofReals(moved, before.shape()));
            sides[side] = loss.at(parameters);
        }
        parameters.put(name, before);
        return (sides[0] - sides[1]) / (2 * step);
    }

    /** The loss as a function of parameters. */
    private interface Loss {
        double at(Map<String, HostTensor> parameters);
    }
}
