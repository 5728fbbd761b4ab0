package dev.transom.graph.internal.ops;

import dev.transom.graph.GradientContext;
import dev.transom.graph.Value;
import java.util.List;

/** y = a − b; b broadcasts to a. ONNX Sub. da = dy, db = −dy summed to b. */
final class Sub extends Binary {

    Sub() {
        super("sub");
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        Value db = context.builder().scale(Broadcast.reduce(context, context.dy(), context.input(1)), -1);
        return List.of(context.dy(), db);
    }

    @Override
    double of(double a, double b) {
        return a - b;
    }
}
