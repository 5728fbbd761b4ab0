package dev.transom.graph.internal.ops;

import dev.transom.graph.GradientContext;
import dev.transom.graph.Value;
import java.util.List;

/** y = x · sigmoid(x), also called swish. Elfwing, Uchibe and Doya 2017, "Sigmoid-Weighted Linear Units". */
final class Silu extends Unary {

    Silu() {
        super("silu", 7);
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        return UnaryBackward.of("silu", context);
    }

    @Override
    double of(double x) {
        return x * Sigmoid.logistic(x);
    }

    /** s + x · s · (1 − s), s the sigmoid. */
    static final class Backward extends UnaryBackward {

        Backward() {
            super("silu", 11);
        }

        @Override
        double derivative(double x) {
            double s = Sigmoid.logistic(x);
            return s + x * s * (1 - s);
        }
    }
}
