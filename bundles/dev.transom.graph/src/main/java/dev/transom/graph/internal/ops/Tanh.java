package dev.transom.graph.internal.ops;

import dev.transom.graph.GradientContext;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.Value;
import java.util.List;

/** y = tanh x. dx = dy · (1 − y²). */
final class Tanh extends Unary {

    Tanh() {
        super("tanh", 4);
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        GraphBuilder g = context.builder();
        return List.of(g.mul(context.dy(), g.affine(g.unary("square", context.output(0)), -1, 1)));
    }

    @Override
    double of(double x) {
        return Math.tanh(x);
    }
}
