package dev.transom.graph.internal.ops;

import dev.transom.graph.Attributes;
import dev.transom.graph.Cost;
import dev.transom.graph.Operation;
import dev.transom.graph.ReferenceArguments;
import dev.transom.graph.Rules;
import dev.transom.graph.Type;
import java.util.List;

/**
 * Gradient of cross_entropy: dy·(softmax(logits) − onehot(label)) / kept for labels ≥ 0, zeros for the others;
 * {@code logits [n, classes]}, {@code labels [n]}, {@code dy []}.
 * R1 logits is F32 [n, classes]. R2 labels is I32 [n]. R3 dy is F32 [].
 * PyTorch's functional.cross_entropy, differentiated.
 */
final class CrossEntropyBackward implements Operation {

    @Override
    public String name() {
        return "cross_entropy_backward";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(3, inputs);
        CrossEntropy.check(inputs); // R1, R2
        Rules.rank(Rules.real(inputs, 2, "dy"), 0, "dy"); // R3
        return List.of(inputs.getFirst());
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return Cost.elementwise(4, inputs, outputs);
    }

    @Override
    public void reference(ReferenceArguments run) {
        double[] logits = run.reals(0);
        int[] labels = run.ints(1);
        double dy = run.reals(2)[0];
        double[] dx = run.outReals(0);
        int classes = run.shape(0)[1];
        int kept = Labels.kept(name(), labels, classes);
        for (int t = 0; t < labels.length; t++) {
            if (labels[t] >= 0) {
                int row = t * classes;
                double normalizer = LogSumExp.of(logits, row, classes);
                for (int c = 0; c < classes; c++) {
                    dx[row + c] = dy / kept * (Math.exp(logits[row + c] - normalizer) - (c == labels[t] ? 1 : 0));
                }
            }
        }
    }
}
