package dev.transom.graph.internal.ops;

import dev.transom.graph.GradientContext;
import dev.transom.graph.Value;
import java.util.List;

/** y = x · Φ(x), Φ the normal distribution: the erf form. Hendrycks and Gimpel 2016, "Gaussian Error Linear Units". */
final class Gelu extends Unary {

    Gelu() {
        super("gelu", 10);
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        return UnaryBackward.of("gelu", context);
    }

    @Override
    double of(double x) {
        return x * Normal.distribution(x);
    }

    /** Φ(x) + x · φ(x). */
    static final class Backward extends UnaryBackward {

        Backward() {
            super("gelu", 18);
        }

        @Override
        double derivative(double x) {
            return Normal.distribution(x) + x * Normal.density(x);
        }
    }
}
