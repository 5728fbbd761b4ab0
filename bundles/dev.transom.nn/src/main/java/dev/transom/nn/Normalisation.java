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

    /**
     * Two sub-layers that read the same x, with one residual connection.
     *
     * @throws UnsupportedOperationException where norms stand after the sum, so that there is nothing to share
     */
    default Value beside(Net net, Value x, String first, UnaryOperator<Value> one, String second, UnaryOperator<Value> other) {
        throw new UnsupportedOperationException("sub-layers side by side require a pre-norm; got " + label() + ".");
    }

    /** What a stack gives: the norm {@code final_norm} or x itself. */
    Value last(Net net, Value x);

    /** As people write it: pre-LN, post-LN, deep-LN. */
    String label();

    /**
     * x + f(norm(x)), and a norm at the end. Xiong et al. 2020.
     *
     * @param closes whether there is the norm at the end
     */
    record PreNorm(Norm norm, boolean closes) implements Normalisation {

        public PreNorm(Norm norm) {
            this(norm, true);
        }

        @Override
        public Value around(Net net, String name, Value x, UnaryOperator<Value> sublayer) {
            return net.g().add(x, sublayer.apply(norm.apply(net, name + "_norm", x)));
        }

        @Override
        public Value beside(Net net, Value x, String first, UnaryOperator<Value> one, String second,
                UnaryOperator<Value> other) {
            Value sum = net.g().add(x, one.apply(norm.apply(net, first + "_norm", x)));
            return net.g().add(sum, other.apply(norm.apply(net, second + "_norm", x)));
        }

        @Override
        public Value last(Net net, Value x) {
            return closes ? norm.apply(net, "final_norm", x) : x;
        }

        @Override
        public String label() {
            return "pre-" + norm.label();
        }
    }

    /**
     * x + post(f(norm(x))), and a norm at the end; the norm of a sub-layer's result is called {@code NAME_post_norm}. Gemma 2.
     */
    record SandwichNorm(Norm norm) implements Normalisation {

        @Override
        public Value around(Net net, String name, Value x, UnaryOperator<Value> sublayer) {
            Value y = sublayer.apply(norm.apply(net, name + "_norm", x));
            return net.g().add(x, norm.apply(net, name + "_post_norm", y));
        }

        @Override
        public Value last(Net net, Value x) {
            return norm.apply(net, "final_norm", x);
        }

        @Override
        public String label() {
            return "pre- and post-" + norm.label();
        }
    }

    /** n + f(n) with n = norm(x), and a norm at the end: what is normed is also the residual. A choice of BLOOM. */
    record NormedResidual(Norm norm) implements Normalisation {

        @Override
        public Value around(Net net, String name, Value x, UnaryOperator<Value> sublayer) {
            Value n = norm.apply(net, name + "_norm", x);
            return net.g().add(n, sublayer.apply(n));
        }

        @Override
        public Value last(Net net, Value x) {
            return norm.apply(net, "final_norm", x);
        }

        @Override
        public String label() {
            return "pre-" + norm.label() + " with normed residual";
        }
    }

    /**
     * Another normalisation, and a linear layer without bias, {@code final_proj}, after all.
     *
     * @param width of the result
     */
    record Projected(Normalisation of, int width) implements Normalisation {

        @Override
        public Value around(Net net, String name, Value x, UnaryOperator<Value> sublayer) {
            return of.around(net, name, x, sublayer);
        }

        @Override
        public Value last(Net net, Value x) {
            return net.linear("final_proj", of.last(net, x), width, false);
        }

        @Override
        public String label() {
            return of.label();
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
