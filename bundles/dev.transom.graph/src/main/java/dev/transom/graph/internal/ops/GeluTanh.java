package dev.transom.graph.internal.ops;

import dev.transom.graph.GradientContext;
import dev.transom.graph.Value;
import java.util.List;

/** y = x/2 · (1 + tanh(√(2/π) · (x + 0.044715 · x³))). Hendrycks and Gimpel 2016, section 2; gelu_new in GPT-2. */
final class GeluTanh extends Unary {

    private static final double ROOT = Math.sqrt(2 / Math.PI);
    private static final double CUBIC = 0.044715;

    GeluTanh() {
        super("gelu_tanh", 12);
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        return UnaryBackward.of("gelu_tanh", context);
    }

    @Override
    double of(double x) {
        return 0.5 * x * (1 + Math.tanh(ROOT * (x + CUBIC * x * x * x)));
    }

    /** (1 + t)/2 + x/2 · (1 − t²) · √(2/π) · (1 + 3 · 0.044715 · x²), t the tanh. */
    static final class Backward extends UnaryBackward {

        Backward() {
            super("gelu_tanh", 22);
        }

        @Override
        double derivative(double x) {
            double t = Math.tanh(ROOT * (x + CUBIC * x * x * x));
            return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * ROOT * (1 + 3 * CUBIC * x * x);
        }
    }
}
