package dev.transom.graph.internal.ops;

import dev.transom.graph.GradientContext;
import dev.transom.graph.Value;
import java.util.List;

/** y = max(x, 0). */
final class Relu extends Unary {

    Relu() {
        super("relu", 1);
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        return UnaryBackward.of("relu", context);
    }

    @Override
    double of(double x) {
        return Math.max(x, 0);
    }

    /** 1 above zero, 0 at zero and below. */
    static final class Backward extends UnaryBackward {

        Backward() {
            super("relu", 2);
        }

        @Override
        double derivative(double x) {
            return x > 0 ? 1 : 0;
        }
    }
}
