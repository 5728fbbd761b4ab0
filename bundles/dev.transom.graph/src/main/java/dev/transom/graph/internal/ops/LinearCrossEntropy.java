package dev.transom.graph.internal.ops;

import dev.transom.graph.Attributes;
import dev.transom.graph.Cost;
import dev.transom.graph.GradientContext;
import dev.transom.graph.Operation;
import dev.transom.graph.ReferenceArguments;
import dev.transom.graph.Rules;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.Arrays;
import java.util.List;

/**
 * Cross entropy of logits = x·wᵀ, one row of logits at a time, never all; {@code x [n, hidden]}, {@code w [classes, hidden]},
 * {@code labels [n]}; gives {@code []}, NaN if no label is kept.
 * R1 x and w are F32, labels I32. R2 w is [classes, hidden of x]. R3 labels is [n].
 * Wijmans et al. 2024, "Cut your losses in large-vocabulary language models".
 */
final class LinearCrossEntropy implements Operation {

    @Override
    public String name() {
        return "linear_cross_entropy";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(3, inputs);
        check(inputs);
        return List.of(Type.f32());
    }

    static void check(List<Type> inputs) {
        Type.TensorType x = Rules.real(inputs, 0, "x"); // R1
        Type.TensorType w = Rules.real(inputs, 1, "w");
        Type.TensorType labels = Rules.ints(inputs, 2, "labels");
        Rules.rank(x, 2, "x");
        Rules.rank(w, 2, "w");
        Rules.require(x.shape().dim(1).equals(w.shape().dim(1)),
            "w must be [classes, last axis of x]", Rules.parties("x", x, "w", w)); // R2
        Rules.require(labels.shape().equals(x.shape().sub(0, 1)), "labels must be [first axis of x]",
            Rules.parties("x", x, "labels", labels)); // R3
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        var backward = context.builder().apply("linear_cross_entropy_backward", Attributes.NONE,
            List.of(context.input(0), context.input(1), context.input(2), context.dy()));
        return Arrays.asList(backward.output(0), backward.output(1), null);
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return Cost.ofProducts(products(inputs), 3 * logits(inputs), Cost.traffic(inputs) + Cost.traffic(outputs));
    }

    /** Multiply-adds of all logits. */
    static double products(List<Type> inputs) {
        return logits(inputs) * ((Type.TensorType) inputs.get(0)).shape().dim(1).max();
    }

    static double logits(List<Type> inputs) {
        return (double) ((Type.TensorType) inputs.get(0)).shape().dim(0).max() * ((Type.TensorType) inputs.get(1)).shape().dim(0).max();
    }

    @Override
    public void reference(ReferenceArguments run) {
        int[] labels = run.ints(2);
        double[] logits = new double[run.shape(1)[0]];
        int kept = Labels.kept(name(), labels, logits.length);
        double sum = 0;
        for (int t = 0; t < labels.length; t++) {
            if (labels[t] >= 0) {
                logits(run, t, logits);
                sum += LogSumExp.of(logits, 0, logits.length) - logits[labels[t]];
            }
        }
        run.outReals(0)[0] = sum / kept;
    }

    /** The logits of one row. */
    static void logits(ReferenceArguments run, int row, double[] logits) {
        int hidden = run.shape(0)[1];
        for (int c = 0; c < logits.length; c++) {
            logits[c] = AttentionScores.dot(run.reals(0), row * hidden, run.reals(1), c * hidden, hidden);
        }
    }
}
