package dev.transom.conformance.operation;

import dev.transom.graph.GraphBuilder;
import dev.transom.graph.GraphException;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Node;
import dev.transom.graph.Operations;
import dev.transom.graph.Precision;
import dev.transom.graph.ReferenceRun;
import dev.transom.graph.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The gradient rule agrees with central differences in float64. */
final class GradientContract {

    /** Differences of fourth order err by some h⁴ = 1e-12 and by rounding of 1e-16/h = 1e-13, both relative to the loss. */
    private static final double STEP = 1e-3;
    private static final double TOLERANCE = 1e-7;
    /** Below it a gradient counts as zero beside the rounding of the loss. */
    private static final double FLOOR = 1e-2;
    private static final int ELEMENTS = 200;

    private final Operations operations;
    private final OperationCase each;
    private final Map<String, HostTensor> tensors;
    private final ReferenceRun loss;

    private GradientContract(Operations operations, OperationCase each) {
        this.operations = operations;
        this.each = each;
        this.tensors = each.tensors();
        GraphBuilder builder = new GraphBuilder(operations);
        Node node = each.apply(builder);
        Projection.weights(each, node, tensors);
        builder.output("loss", Projection.loss(builder, node));
        this.loss = new ReferenceRun(builder.build(), operations, Precision.FLOAT64);
    }

    private static boolean isDue(Operations operations, OperationCase each) {
        Node node = each.apply(new GraphBuilder(operations));
        return !Projection.differentiated(each, node).isEmpty();
    }

    static ContractResult check(Operations operations, OperationCase each) {
        if (each.gradient() == OperationCase.Gradient.NONE) {
            return ContractResult.of("gradient", broken -> refuses(operations, each, broken));
        }
        double[] error = {Double.NaN};
        List<String> broken = ContractResult.of("gradient", list -> {
            if (isDue(operations, each)) {
                error[0] = new GradientContract(operations, each).compare(list);
            }
        }).broken();
        return new ContractResult("gradient", broken, error[0]);
    }

    /** An operation without gradient says so by the exception of {@code Operation.gradient}. */
    private static void refuses(Operations operations, OperationCase each, List<String> broken) {
        GraphBuilder builder = new GraphBuilder(operations);
        Node node = each.apply(builder);
        List<Value> with = Projection.differentiated(each, node);
        if (with.isEmpty() || Projection.loss(builder, node) == null) {
            return;
        }
        try {
            Projection.gradients(builder, node, with);
            broken.add("the case says that there is none; the operation gives one.");
        } catch (GraphException none) {
            if (!none.getMessage().contains("gradient")) {
                broken.add("an operation without one must say so; it said: " + none.getMessage());
            }
        }
    }

    private double compare(List<String> broken) {
        GraphBuilder builder = new GraphBuilder(operations);
        Node node = each.apply(builder);
        List<Value> with = Projection.differentiated(each, node);
        List<Value> gradients = Projection.gradients(builder, node, with);
        for (int i = 0; i < with.size(); i++) {
            String input = builder.node(with.get(i)).name();
            if (gradients.get(i) == null) {
                broken.add("a gradient of " + input + " is due; there is none.");
            } else if (!gradients.get(i).type().equals(with.get(i).type())) {
                broken.add("the gradient of " + input + " must be " + with.get(i).type() + "; got " + gradients.get(i).type() + ".");
            } else {
                builder.output(input, gradients.get(i));
            }
        }
        Map<String, HostTensor> rule = new ReferenceRun(builder.build(), operations, Precision.FLOAT64).run(tensors, Map.of());
        double largest = 0;
        for (Map.Entry<String, HostTensor> gradient : rule.entrySet()) {
            largest = Math.max(largest, compare(gradient.getKey(), gradient.getValue().reals(), broken));
        }
        return largest;
    }

    private double compare(String input, double[] rule, List<String> broken) {
        int stride = Math.max(1, rule.length / ELEMENTS);
        double[] differences = new double[rule.length];
        for (int i = 0; i < rule.length && each.gradient() != OperationCase.Gradient.ZERO; i += stride) {
            differences[i] = difference(tensors.get(input), i);
        }
        double scale = Math.max(FLOOR, Arrays.stream(differences).map(Math::abs).max().orElse(0));
        double worst = 0;
        int at = 0;
        for (int i = 0; i < rule.length; i += stride) {
            double error = Math.abs(rule[i] - differences[i]) / scale;
            if (!(error <= worst)) { // a NaN is worst
                worst = error;
                at = i;
            }
        }
        if (!(worst <= TOLERANCE)) {
            broken.add(String.format(Locale.ROOT, "d%s must be the central difference within %.0e; element %d is %.9g by the rule, "
                + "%.9g by differences.", input, TOLERANCE, at, rule[at], differences[at]));
        }
        return worst;
    }

    private double difference(HostTensor input, int i) {
        double[] x = input.reals();
        double before = x[i];
        double near = lossAt(x, i, before + STEP) - lossAt(x, i, before - STEP);
        double far = lossAt(x, i, before + 2 * STEP) - lossAt(x, i, before - 2 * STEP);
        x[i] = before;
        return (8 * near - far) / (12 * STEP);
    }

    private double lossAt(double[] x, int i, double element) {
        x[i] = element;
        return loss.run(tensors, Map.of()).get("loss").reals()[0];
    }
}
