package dev.transom.graph.internal.ops;

import dev.transom.graph.GradientContext;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.Value;
import java.util.List;

/** y = 1/(1 + e⁻ˣ). dx = dy · y · (1 − y). */
final class Sigmoid extends Unary {

    Sigmoid() {
        super("sigmoid", 6);
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        GraphBuilder g = context.builder();
        Value y = context.output(0);
        return List.of(g.mul(context.dy(), g.mul(y, g.affine(y, -1, 1))));
    }

    @Override
    double of(double x) {
        return logistic(x);
    }

    /** 1/(1 + e⁻ˣ); of the two forms the one whose exponential cannot overflow. */
    static double logistic(double x) {
        if (x >= 0) {
            return 1 / (1 + Math.exp(-x));
        }
        double e = Math.exp(x);
        return e / (1 + e);
    }
}
