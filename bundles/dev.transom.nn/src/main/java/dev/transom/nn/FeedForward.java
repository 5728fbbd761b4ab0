package dev.transom.nn;

import dev.transom.graph.GraphBuilder;
import dev.transom.graph.Value;
import org.osgi.annotation.versioning.ConsumerType;

/** The position-wise part of a layer. Implemented by records. */
@ConsumerType
public interface FeedForward {

    /** From {@code [tokens, hidden]} to the same. */
    Value apply(Net net, Value x);

    /** As people write it: GELU, SwiGLU. */
    String label();

    /**
     * down(activation(up(x))).
     *
     * @param activation name of the operation, see {@link Activation}
     * @param inner      width between
     * @param bias       whether {@code up_proj} and {@code down_proj} have biases
     */
    record Mlp(String activation, int inner, boolean bias) implements FeedForward {

        @Override
        public Value apply(Net net, Value x) {
            Value up = net.activation(activation, net.linear("up_proj", x, inner, bias));
            return net.linear("down_proj", up, x.shape().last().max(), bias);
        }

        @Override
        public String label() {
            return Activation.label(activation);
        }
    }

    /**
     * down(activation(gate(x)) ⊙ up(x)). Shazeer 2020, "GLU variants improve transformer".
     *
     * @param activation name of the operation, see {@link Activation}
     * @param inner      width between
     * @param bias       whether {@code gate_proj}, {@code up_proj} and {@code down_proj} have biases
     * @param fused      whether gate and up are one matrix {@code gate_up_proj}, gate first
     */
    record GatedMlp(String activation, int inner, boolean bias, boolean fused) implements FeedForward {

        public GatedMlp(String activation, int inner, boolean bias) {
            this(activation, inner, bias, false);
        }

        @Override
        public Value apply(Net net, Value x) {
            GraphBuilder g = net.g();
            Value gate;
            Value up;
            if (fused) {
                Value[] parts = g.split(net.linear("gate_up_proj", x, 2L * inner, bias), 2);
                gate = parts[0];
                up = parts[1];
            } else {
                gate = net.linear("gate_proj", x, inner, bias);
                up = net.linear("up_proj", x, inner, bias);
            }
            return net.linear("down_proj", g.mul(net.activation(activation, gate), up), x.shape().last().max(), bias);
        }

        @Override
        public String label() {
            return switch (activation) {
                case "silu" -> "SwiGLU";
                case "gelu", "gelu_tanh" -> "GeGLU";
                default -> activation + "-gated";
            };
        }
    }
}
