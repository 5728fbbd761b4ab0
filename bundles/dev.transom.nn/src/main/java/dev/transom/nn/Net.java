package dev.transom.nn;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.Inputs;
import dev.transom.graph.Dim;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.Operations;
import dev.transom.graph.Shape;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One graph of a model under construction: the builder, what was asked for, and the inputs of the step. Parameters are named by
 * the scopes that are open: {@code decoder.layers.0.self_attention.q_proj.weight}. Belongs to one thread.
 */
public final class Net {

    private final GraphBuilder g;
    private final GraphRequest request;
    private final Side target;
    private final Side source;
    private final Map<List<Double>, Value> vectors = new HashMap<>();
    private final List<Routing> routings = new ArrayList<>();
    private int dropouts;

    public Net(Operations operations, GraphRequest request) {
        this.g = new GraphBuilder(operations);
        this.request = request;
        GraphRequest.Limits limits = request.limits();
        this.target = new Side(g, "", limits.tokens(), limits, request.cached());
        this.source = new Side(g, Inputs.SOURCE, limits.sourceTokens(), limits, false);
    }

    public GraphBuilder g() {
        return g;
    }

    public GraphRequest request() {
        return request;
    }

    /** Inputs of the rows that the model reads or, in an encoder-decoder, generates. */
    public Side target() {
        return target;
    }

    /** Inputs of an encoder-decoder's source rows; never cached themselves. */
    public Side source() {
        return source;
    }

    /** Opens a part of the model; to be used in a try statement. */
    public GraphBuilder.Scope scope(String name) {
        return g.scope(name);
    }

    /** A parameter of the part that is open. */
    public Value weight(String name, long... shape) {
        return shared(g.path(name), shape);
    }

    /** A parameter by its whole name; the same name is the same parameter wherever it is used. */
    public Value shared(String name, long... shape) {
        return g.parameter(name, Type.f32(Shape.of(shape)));
    }

    /** {@code x · weightᵀ (+ bias)} with {@code NAME.weight [out, in]} and {@code NAME.bias [out]}; x {@code […, in]}. */
    public Value linear(String name, Value x, long out, boolean bias) {
        try (var _ = scope(name)) {
            Value y = g.linear(x, weight("weight", out, x.shape().last().max()));
            return bias ? g.add(y, weight("bias", out)) : y;
        }
    }

    /**
     * Applies an activation by the name of its operation, a plugin's included.
     *
     * @throws TransomException where no installed bundle brings the operation
     */
    public Value activation(String operation, Value x) {
        require(operation, "activation");
        return g.unary(operation, x);
    }

    /** Fails in one sentence unless an installed bundle brings the operation. */
    void require(String operation, String use) {
        if (g.operations().find(operation).isEmpty()) {
            throw new TransomException(use + " " + operation + ": an operation of this name is required (capability"
                + " dev.transom.operation; name=" + operation + "); no installed bundle brings it. Install one that does.");
        }
    }

    /** Dropout where the request asks for it, drawing from a stream of its own; else x. */
    public Value dropout(Value x, double p) {
        if (!request.dropout() || p == 0) {
            return x;
        }
        return g.dropout(x, g.input(Inputs.SEED, Type.i32(Dim.of(2))), p, dropouts++);
    }

    /** Remembers how a layer chose experts, for a loss that asks for even use. */
    public void routed(Routing routing) {
        routings.add(routing);
    }

    /** What layers have chosen so far, in their order. */
    public List<Routing> routings() {
        return List.copyOf(routings);
    }

    /** A constant vector; equal ones are one node. */
    public Value vector(double... values) {
        return vectors.computeIfAbsent(Arrays.stream(values).boxed().toList(), _ -> g.constant(Shape.of(values.length), values));
    }
}
