package dev.transom.graph.internal.ops;

import dev.transom.graph.GradientContext;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.Value;
import java.util.List;

/** y = ln x; −∞ at 0, NaN below. dx = dy / x. */
final class Log extends Unary {

    Log() {
        super("log", 4);
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        GraphBuilder g = context.builder();
        return List.of(g.div(context.dy(), context.input(0)));
    }

    @Override
    double of(double x) {
        return Math.log(x);
    }
}
