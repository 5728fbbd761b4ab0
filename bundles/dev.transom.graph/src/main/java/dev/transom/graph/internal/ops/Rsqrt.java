package dev.transom.graph.internal.ops;

import dev.transom.graph.GradientContext;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.Value;
import java.util.List;

/** y = 1/√x. dx = −dy · y³ / 2. */
final class Rsqrt extends Unary {

    Rsqrt() {
        super("rsqrt", 5);
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        GraphBuilder g = context.builder();
        Value y = context.output(0);
        return List.of(g.scale(g.mul(context.dy(), g.mul(y, g.unary("square", y))), -0.5));
    }

    @Override
    double of(double x) {
        return 1 / Math.sqrt(x);
    }
}
