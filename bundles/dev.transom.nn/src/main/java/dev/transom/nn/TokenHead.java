package dev.transom.nn;

import dev.transom.api.architecture.Head;
import dev.transom.api.architecture.Inputs;
import dev.transom.graph.Value;
import java.util.List;

/**
 * A class for each token: head tokens, output {@code logits [tokens, classes]}, labels TOKEN.
 *
 * @param linear  whole name of the linear layer
 * @param classes of a token
 * @param dropout before it
 */
public record TokenHead(String linear, int classes, double dropout) implements ModelHead {

    @Override
    public Head head() {
        return new Head("tokens", List.of("logits"), Head.Labels.TOKEN);
    }

    @Override
    public List<Value> outputs(Net net, Value hidden) {
        return List.of(net.linear(linear, net.dropout(hidden, dropout), classes, true));
    }

    @Override
    public Value loss(Net net, Value hidden, List<Value> outputs) {
        return net.g().crossEntropy(outputs.getFirst(), net.target().tokenLabels(Inputs.LABELS));
    }
}
