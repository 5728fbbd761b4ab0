package dev.transom.nn;

import dev.transom.graph.Value;
import java.util.Optional;

/**
 * A dense layer with bias, an activation and perhaps a norm, as stands before many heads.
 *
 * @param name       whole name of the dense layer; heads of one name share it; the norm is called {@code NAME_norm}
 * @param width      of its result
 * @param activation name of the operation
 * @param norm       norm of the result
 */
public record Transform(String name, int width, String activation, Optional<Norm> norm) {

    public static Transform of(String name, int width, String activation) {
        return new Transform(name, width, activation, Optional.empty());
    }

    Value apply(Net net, Value x) {
        Value y = net.activation(activation, net.linear(name, x, width, true));
        return norm.map(layer -> layer.apply(net, name + "_norm", y)).orElse(y);
    }
}
