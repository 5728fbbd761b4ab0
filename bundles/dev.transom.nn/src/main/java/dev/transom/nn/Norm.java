package dev.transom.nn;

import dev.transom.graph.Attributes;
import dev.transom.graph.Value;
import java.util.Arrays;
import org.osgi.annotation.versioning.ConsumerType;

/** A normalisation over the last axis, with its parameters in the part that is open. Implemented by records. */
@ConsumerType
public interface Norm {

    /** Normalises {@code x […, n]}. */
    Value apply(Net net, Value x);

    /** As people write it: LN, RMS-LN. */
    String label();

    /** As {@link #apply(Net, Value)} in a part of its own. */
    default Value apply(Net net, String name, Value x) {
        try (var _ = net.scope(name)) {
            return apply(net, x);
        }
    }

    /**
     * (x − mean)/sqrt(var + eps)·weight + bias. Ba, Kiros and Hinton 2016.
     *
     * @param bias whether there is a {@code bias}
     */
    record LayerNorm(double eps, boolean bias) implements Norm {

        public LayerNorm(double eps) {
            this(eps, true);
        }

        @Override
        public Value apply(Net net, Value x) {
            long n = x.shape().last().max();
            Value weight = net.weight("weight", n);
            Value shift = bias ? net.weight("bias", n) : net.vector(new double[Math.toIntExact(n)]);
            return net.g().layerNorm(x, weight, shift, eps);
        }

        @Override
        public String label() {
            return "LN";
        }
    }

    /** (x − mean)/sqrt(var + eps), without parameters. */
    record PlainLayerNorm(double eps) implements Norm {

        @Override
        public Value apply(Net net, Value x) {
            double[] ones = new double[Math.toIntExact(x.shape().last().max())];
            Arrays.fill(ones, 1);
            return net.g().layerNorm(x, net.vector(ones), net.vector(new double[ones.length]), eps);
        }

        @Override
        public String label() {
            return "LN";
        }
    }

    /** x/sqrt(mean(x²) + eps)·weight. Zhang and Sennrich 2019. */
    record RmsNorm(double eps) implements Norm {

        @Override
        public Value apply(Net net, Value x) {
            return net.g().rmsNorm(x, net.weight("weight", x.shape().last().max()), eps);
        }

        @Override
        public String label() {
            return "RMS-LN";
        }
    }

    /** A plugin's operation by name: inputs x and {@code weight [n]}, attribute eps. */
    record Named(String operation, double eps) implements Norm {

        @Override
        public Value apply(Net net, Value x) {
            net.require(operation, "normalisation");
            return net.g().op(operation, Attributes.of("eps", eps), x, net.weight("weight", x.shape().last().max()));
        }

        @Override
        public String label() {
            return operation;
        }
    }
}
