package dev.transom.graph.internal.ops;

import dev.transom.graph.GradientContext;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.Value;
import java.util.List;

/** y = ln(1 + eˣ), as max(x, 0) + ln(1 + e^−|x|), which cannot overflow. dx = dy · sigmoid(x). */
final class Softplus extends Unary {

    Softplus() {
        super("softplus", 10);
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        GraphBuilder g = context.builder();
        return List.of(g.mul(context.dy(), g.unary("sigmoid", context.input(0))));
    }

    @Override
    double of(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }
}
