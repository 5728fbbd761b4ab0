package dev.transom.nn;

import dev.transom.graph.GraphBuilder;
import dev.transom.graph.Value;
import java.util.Optional;

/**
 * A mixture of gated feed-forwards, of which each token uses a few: those whose softmax of {@code router} is largest, their results
 * weighed by it. Only matrices of chosen experts are multiplied. Shazeer et al. 2017; Fedus et al. 2022; Jiang et al. 2024.
 * Parameters: {@code router.weight [experts, hidden]}, {@code experts.gate_proj.weight} and {@code up_proj} {@code [experts, inner,
 * hidden]}, {@code experts.down_proj.weight [experts, hidden, inner]}.
 *
 * @param activation   name of the operation, see {@link Activation}
 * @param experts      how many there are
 * @param chosen       how many a token uses
 * @param inner        width between
 * @param renormalised whether weights of the chosen ones are divided by their sum
 * @param shared       width of an expert that all tokens use as well ({@code shared_expert}), weighed by the sigmoid of
 *                     {@code shared_expert_gate}
 */
public record Experts(String activation, int experts, int chosen, int inner, boolean renormalised, Optional<Integer> shared)
        implements FeedForward {

    @Override
    public Value apply(Net net, Value x) {
        GraphBuilder g = net.g();
        long hidden = x.shape().last().max();
        Value scores = g.softmax(net.linear("router", x, experts, false));
        Value[] best = g.topK(scores, chosen);
        net.routed(new Routing(scores, best[0], best[1]));
        Value weights = renormalised ? g.div(best[0], g.sumLast(best[0])) : best[0];
        Value results = g.mul(chosen(net, x, best[1], hidden), g.reshape(weights, 0, chosen, 1));
        Value sum = g.reshape(g.sumTo(results, g.reshape(x, 0, 1, hidden)), 0, hidden);
        return shared.map(width -> g.add(sum, shared(net, x, width))).orElse(sum);
    }

    /** {@code [tokens, chosen, hidden]}. */
    private Value chosen(Net net, Value x, Value ids, long hidden) {
        try (var _ = net.scope("experts")) {
            Value gate = product(net, "gate_proj", x, ids, inner, hidden);
            Value up = product(net, "up_proj", x, ids, inner, hidden);
            return product(net, "down_proj", net.g().mul(net.activation(activation, gate), up), ids, hidden, inner);
        }
    }

    private Value product(Net net, String name, Value x, Value ids, long out, long in) {
        try (var _ = net.scope(name)) {
            return net.g().expertMatmul(x, net.weight("weight", experts, out, in), ids, true);
        }
    }

    private Value shared(Net net, Value x, int width) {
        Value weight = net.g().unary("sigmoid", net.linear("shared_expert_gate", x, 1, false));
        try (var _ = net.scope("shared_expert")) {
            return net.g().mul(new GatedMlp(activation, width, false).apply(net, x), weight);
        }
    }

    @Override
    public String label() {
        return new GatedMlp(activation, inner, false).label() + " of " + chosen + " of " + experts + " experts";
    }
}
