package dev.transom.nn;

import dev.transom.api.architecture.Head;
import dev.transom.api.architecture.Inputs;
import dev.transom.graph.AttentionMask;
import dev.transom.graph.Attributes;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.Value;
import java.util.List;

/**
 * Where an answer starts and ends: head span, outputs {@code start_logits} and {@code end_logits [tokens]}. The loss is the
 * mean of both cross entropies, each over the tokens of a row; labels below 0 are ignored. Devlin et al. 2019, section 4.2.
 *
 * @param linear  whole name of the linear layer with two outputs
 * @param dropout before it
 */
public record SpanHead(String linear, double dropout) implements ModelHead {

    @Override
    public Head head() {
        return new Head("span", List.of("start_logits", "end_logits"), Head.Labels.SPAN);
    }

    @Override
    public List<Value> outputs(Net net, Value hidden) {
        Value both = net.linear(linear, net.dropout(hidden, dropout), 2, true);
        return List.of(flat(net, net.g().slice(both, 1, 0, 1)), flat(net, net.g().slice(both, 1, 1, 2)));
    }

    @Override
    public Value loss(Net net, Value hidden, List<Value> outputs) {
        Value start = rowCrossEntropy(net, outputs.get(0), net.target().rowLabels(Inputs.START_LABELS));
        Value end = rowCrossEntropy(net, outputs.get(1), net.target().rowLabels(Inputs.END_LABELS));
        return net.g().scale(net.g().add(start, end), 0.5);
    }

    private static Value flat(Net net, Value x) {
        return net.g().reshape(x, 0);
    }

    /**
     * Mean of −log softmax over each row at its label. With equal queries, attention gives each token its row's
     * softmax-weighted mean m of the logits, and max − m ≤ log(tokens): subtracted, it keeps the exponentials in range as a
     * maximum would, and its gradient cancels.
     */
    private static Value rowCrossEntropy(Net net, Value logits, Value labels) {
        GraphBuilder g = net.g();
        Value offsets = net.target().offsets();
        Value x = g.reshape(logits, 0, 1);
        Value heads = g.reshape(logits, 0, 1, 1);
        Value ones = g.affine(heads, 0, 1);
        AttentionMask all = AttentionMask.bidirectional(1);
        Value mean = g.reshape(g.attention(ones, heads, heads, offsets, offsets, net.vector(0), all), 0, 1);
        Value shifted = g.sub(x, mean);
        Value sums = g.op("segment_sum", Attributes.NONE, g.unary("exp", shifted), offsets);
        Value logProbabilities = g.sub(shifted, g.unary("log", g.segmentSpread(sums, offsets, x)));
        Value kept = g.gather(g.affine(x, 0, 1), labels);
        return g.scale(g.div(g.sumAll(g.gather(logProbabilities, labels)), g.sumAll(kept)), -1);
    }
}
