package dev.transom.nn;

import dev.transom.graph.Value;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One layer: self-attention, cross-attention where there is memory, feed-forward, each within a residual connection.
 *
 * @param name           names its parameters; layers of one name share them
 * @param selfAttention  part {@code self_attention}
 * @param crossAttention part {@code cross_attention}
 * @param feedForward    part {@code feed_forward}
 * @param normalisation  where its norms stand: {@code self_attention_norm}, {@code cross_attention_norm},
 *                       {@code feed_forward_norm}
 * @param dropout        of each part's result
 * @param parallel       whether attention and feed-forward read the same x and both are added to it; without memory
 */
public record Layer(String name, Attention selfAttention, Optional<Attention> crossAttention, FeedForward feedForward,
        Normalisation normalisation, double dropout, boolean parallel) {

    public Layer with(Attention selfAttention) {
        return new Layer(name, selfAttention, crossAttention, feedForward, normalisation, dropout, parallel);
    }

    public Layer with(FeedForward feedForward) {
        return new Layer(name, selfAttention, crossAttention, feedForward, normalisation, dropout, parallel);
    }

    public Layer called(String name) {
        return new Layer(name, selfAttention, crossAttention, feedForward, normalisation, dropout, parallel);
    }

    /** Wang and Komatsuzaki 2021, "GPT-J". */
    public Layer inParallel() {
        return new Layer(name, selfAttention, crossAttention, feedForward, normalisation, dropout, true);
    }

    Value apply(Net net, Side side, Value x, Optional<Memory> memory) {
        try (var _ = net.scope(name)) {
            if (parallel) {
                return normalisation.beside(net, x, "self_attention",
                    body(net, "self_attention", in -> selfAttention.self(net, side, in)), "feed_forward",
                    body(net, "feed_forward", in -> feedForward.apply(net, in)));
            }
            Value y = part(net, "self_attention", x, in -> selfAttention.self(net, side, in));
            if (crossAttention.isPresent() && memory.isPresent()) {
                y = part(net, "cross_attention", y, in -> crossAttention.get().cross(net, side, in, memory.get()));
            }
            return part(net, "feed_forward", y, in -> feedForward.apply(net, in));
        }
    }

    private Value part(Net net, String part, Value x, UnaryOperator<Value> body) {
        return normalisation.around(net, part, x, body(net, part, body));
    }

    private UnaryOperator<Value> body(Net net, String part, UnaryOperator<Value> body) {
        return in -> {
            try (var _ = net.scope(part)) {
                return net.dropout(body.apply(in), dropout);
            }
        };
    }
}
