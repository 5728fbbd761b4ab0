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
 * Mean over labels ≥ 0 of −log softmax(logits)[label]: {@code []}; {@code logits [n, classes]}, {@code labels [n]}. If no label
 * is kept the mean is 0/0 = NaN, as in PyTorch.
 * R1 logits is F32 [n, classes]. R2 labels is I32 [n].
 * As PyTorch's functional.cross_entropy with mean reduction.
 */
final class CrossEntropy implements Operation {

    @Override
    public String name() {
        return "cross_entropy";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(2, inputs);
        check(inputs);
        return List.of(Type.f32());
    }

    static void check(List<Type> inputs) {
        Type.TensorType logits = Rules.real(inputs, 0, "logits"); // R1
        Type.TensorType labels = Rules.ints(inputs, 1, "labels"); // R2
        Rules.rank(logits, 2, "logits");
        Rules.require(labels.shape().equals(logits.shape().sub(0, 1)), "labels must be [first axis of logits]",
            Rules.parties("logits", logits, "labels", labels));
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        return Arrays.asList(context.builder().op("cross_entropy_backward", Attributes.NONE,
            context.input(0), context.input(1), context.dy()), null);
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return Cost.elementwise(3, inputs, inputs.subList(0, 1));
    }

    @Override
    public void reference(ReferenceArguments run) {
        double[] logits = run.reals(0);
        int[] labels = run.ints(1);
        int classes = run.shape(0)[1];
        int kept = Labels.kept(name(), labels, classes);
        double sum = 0;
        for (int t = 0; t < labels.length; t++) {
            if (labels[t] >= 0) {
                sum += LogSumExp.of(logits, t * classes, classes) - logits[t * classes + labels[t]];
            }
        }
        run.outReals(0)[0] = sum / kept;
    }
}
