package dev.transom.graph.internal.ops;

import dev.transom.graph.GradientContext;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.Value;
import java.util.List;

/** y = √x. dx = dy / 2y. */
final class Sqrt extends Unary {

    Sqrt() {
        super("sqrt", 4);
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        GraphBuilder g = context.builder();
        return List.of(g.scale(g.div(context.dy(), context.output(0)), 0.5));
    }

    @Override
    double of(double x) {
        return Math.sqrt(x);
    }
}
