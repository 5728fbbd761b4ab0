package dev.transom.nn;

import dev.transom.graph.Value;
import java.util.function.UnaryOperator;
import org.osgi.annotation.versioning.ConsumerType;

/** Where norms stand around a sub-layer and its residual connection, and what closes a stack. Implemented by records. */
@ConsumerType
public interface Normalisation {

    /**
     * The sub-layer with its residual connection and its norm.
     *
     * @param name     of the sub-layer; its norm is called {@code NAME_norm}
     * @param sublayer from its input to what is added to the residual stream
     */
    Value around(Net net, String name, Value x, UnaryOperator<Value> sublayer);

    /** What a stack gives: the norm {@code final_norm} or x itself. */
    Value last(Net net, Value x);

    /** As people write it: pre-LN, post-LN, deep-LN. */
    String label();

    /** x + f(norm(x)), and a norm at the end. Xiong et al. 2020. */
    record PreNorm(Norm norm) implements Normalisation {

        @Override
        public Value around(Net net, String name, Value x, UnaryOperator<Value> sublayer) {
            return net.g().add(x, sublayer.apply(norm.apply(net, name + "_norm", x)));
        }

        @Override
        public Value last(Net net, Value x) {
            return norm.apply(net, "final_norm", x);
        }

        @Override
        public String label() {
            return "pre-" + norm.label();
        }
    }

    /**
     * norm(alpha·x + f(x)), nothing at the end. Vaswani et al. 2017 with alpha 1; DeepNorm, Wang et al. 2022, with more.
     */
    record PostNorm(Norm norm, double alpha) implements Normalisation {

        public PostNorm(Norm norm) {
            this(norm, 1);
        }

        @Override
        public Value around(Net net, String name, Value x, UnaryOperator<Value> sublayer) {
            Value residual = alpha == 1 ? x : net.g().scale(x, alpha);
            return norm.apply(net, name + "_norm", net.g().add(residual, sublayer.apply(x)));
        }

        @Override
        public Value last(Net net, Value x) {
            return x;
        }

        @Override
        public String label() {
            return (alpha == 1 ? "post-" : "deep-") + norm.label();
        }
    }
}
