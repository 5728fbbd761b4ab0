package dev.transom.graph.internal.ops;

import dev.transom.graph.Attributes;
import dev.transom.graph.Cost;
import dev.transom.graph.Operation;
import dev.transom.graph.ReferenceArguments;
import dev.transom.graph.Rules;
import dev.transom.graph.Type;
import java.util.List;

/**
 * Gradients (dx, dw) of linear_cross_entropy: with g(t, c) = dy·(softmax(x·wᵀ)(t, c) − onehot(label(t), c)) / kept for labels ≥ 0,
 * recomputed one row at a time: dx = g·w, dw = gᵀ·x; {@code x [n, hidden]}, {@code w [classes, hidden]}, {@code labels [n]},
 * {@code dy []}.
 * R1 … R3 as linear_cross_entropy. R4 dy is F32 [].
 * Wijmans et al. 2024, "Cut your losses in large-vocabulary language models", section 4.3.
 */
final class LinearCrossEntropyBackward implements Operation {

    @Override
    public String name() {
        return "linear_cross_entropy_backward";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(4, inputs);
        LinearCrossEntropy.check(inputs); // R1 … R3
        Rules.rank(Rules.real(inputs, 3, "dy"), 0, "dy"); // R4
        return inputs.subList(0, 2);
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return Cost.ofProducts(3 * LinearCrossEntropy.products(inputs), 4 * LinearCrossEntropy.logits(inputs),
            Cost.traffic(inputs) + Cost.traffic(outputs));
    }

    @Override
    public void reference(ReferenceArguments run) {
        int[] labels = run.ints(2);
        double dy = run.reals(3)[0];
        double[] logits = new double[run.shape(1)[0]];
        int kept = Labels.kept(name(), labels, logits.length);
        for (int t = 0; t < labels.length; t++) {
            if (labels[t] >= 0) {
                LinearCrossEntropy.logits(run, t, logits);
                double normalizer = LogSumExp.of(logits, 0, logits.length);
                for (int c = 0; c < logits.length; c++) {
                    add(run, t, c, dy / kept * (Math.exp(logits[c] - normalizer) - (c == labels[t] ? 1 : 0)));
                }
            }
        }
    }

    /** Adds what the gradient {@code g} of one logit gives to dx and dw. */
    private static void add(ReferenceArguments run, int row, int c, double g) {
        double[] x = run.reals(0);
        double[] w = run.reals(1);
        double[] dx = run.outReals(0);
        double[] dw = run.outReals(1);
        int hidden = run.shape(0)[1];
        for (int d = 0; d < hidden; d++) {
            dx[row * hidden + d] += g * w[c * hidden + d];
            dw[c * hidden + d] += g * x[row * hidden + d];
        }
    }
}
