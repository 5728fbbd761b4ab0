package dev.transom.graph.internal.ops;

import dev.transom.graph.GradientContext;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.Value;
import java.util.List;

/** y = x². dx = 2 · x · dy. */
final class Square extends Unary {

    Square() {
        super("square", 1);
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        GraphBuilder g = context.builder();
        return List.of(g.scale(g.mul(context.dy(), context.input(0)), 2));
    }

    @Override
    double of(double x) {
        return x * x;
    }
}
