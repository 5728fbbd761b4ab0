package dev.transom.graph.internal.ops;

import dev.transom.graph.GradientContext;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.Value;
import java.util.List;

/** y = eˣ. dx = dy · y. */
final class Exp extends Unary {

    Exp() {
        super("exp", 4);
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        GraphBuilder g = context.builder();
        return List.of(g.mul(context.dy(), context.output(0)));
    }

    @Override
    double of(double x) {
        return Math.exp(x);
    }
}
