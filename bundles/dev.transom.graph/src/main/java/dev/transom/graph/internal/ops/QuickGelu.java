package dev.transom.graph.internal.ops;

import dev.transom.graph.GradientContext;
import dev.transom.graph.Value;
import java.util.List;

/** y = x · sigmoid(1.702 · x). Hendrycks and Gimpel 2016, section 2; as CLIP uses it. */
final class QuickGelu extends Unary {

    private static final double SLOPE = 1.702;

    QuickGelu() {
        super("quick_gelu", 8);
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        return UnaryBackward.of("quick_gelu", context);
    }

    @Override
    double of(double x) {
        return x * Sigmoid.logistic(SLOPE * x);
    }

    /** s + 1.702 · x · s · (1 − s), s the sigmoid. */
    static final class Backward extends UnaryBackward {

        Backward() {
            super("quick_gelu", 13);
        }

        @Override
        double derivative(double x) {
            double s = Sigmoid.logistic(SLOPE * x);
            return s + SLOPE * x * s * (1 - s);
        }
    }
}
