package dev.transom.nn;

import dev.transom.api.architecture.Head;
import dev.transom.api.architecture.Head.Labels;
import dev.transom.api.architecture.Inputs;
import dev.transom.graph.Value;
import java.util.List;
import java.util.Optional;

/**
 * Scores of each row: its vector by pooling, perhaps transformed, then a linear layer.
 *
 * @param head      classification with labels ROW_CLASS or ROW_MULTI_LABEL, or regression with ROW_VALUE; one output
 * @param pooling   how a row becomes one vector
 * @param transform what stands before the linear layer
 * @param dropout   before the linear layer
 * @param dropoutFirst whether the same dropout also stands before the transform
 * @param linear    whole name of the linear layer
 * @param scores    classes or values
 * @param bias      whether the linear layer has a bias
 */
public record RowHead(Head head, Pooling pooling, Optional<Transform> transform, double dropout, boolean dropoutFirst,
        String linear, int scores, boolean bias) implements ModelHead {

    /** The head for a kind of labels: classification or regression, output {@code logits}. */
    public static RowHead of(Labels labels, Pooling pooling, String linear, int scores) {
        String name = labels == Labels.ROW_VALUE ? "regression" : "classification";
        return new RowHead(new Head(name, List.of("logits"), labels), pooling, Optional.empty(), 0, false, linear, scores, true);
    }

    public RowHead with(Transform transform) {
        return new RowHead(head, pooling, Optional.of(transform), dropout, dropoutFirst, linear, scores, bias);
    }

    public RowHead withoutBias() {
        return new RowHead(head, pooling, transform, dropout, dropoutFirst, linear, scores, false);
    }

    public RowHead dropout(double p, boolean first) {
        return new RowHead(head, pooling, transform, p, first, linear, scores, bias);
    }

    /** {@code [rows, scores]}. */
    @Override
    public List<Value> outputs(Net net, Value hidden) {
        Value pooled = pooling.apply(net, hidden);
        Value in = dropoutFirst ? net.dropout(pooled, dropout) : pooled;
        Value x = transform.map(layer -> layer.apply(net, in)).orElse(in);
        return List.of(net.linear(linear, net.dropout(x, dropout), scores, bias));
    }

    @Override
    public Value loss(Net net, Value hidden, List<Value> outputs) {
        Value scored = outputs.getFirst();
        return switch (head.labels()) {
            case ROW_CLASS -> net.g().crossEntropy(scored, net.target().rowLabels(Inputs.LABELS));
            case ROW_MULTI_LABEL -> net.g().bceWithLogits(scored, net.target().rowValues(Inputs.LABELS, scores));
            case ROW_VALUE -> net.g().mse(scored, net.target().rowValues(Inputs.LABELS, scores));
            default -> throw new IllegalStateException(
                "head " + head.name() + ": a row's scores must be compared with a row's labels; got " + head.labels() + ".");
        };
    }
}
