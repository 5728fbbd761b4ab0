package dev.transom.graph.internal.ops;

import dev.transom.graph.GradientContext;
import dev.transom.graph.Value;
import java.util.List;

/** y = a / b; b broadcasts to a. ONNX Div. da = dy / b, db = −dy · y / b summed to b. */
final class Div extends Binary {

    Div() {
        super("div");
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        Value b = context.input(1);
        Value da = context.builder().div(context.dy(), b);
        Value db = context.builder().scale(context.builder().mul(da, context.output(0)), -1);
        return List.of(da, Broadcast.reduce(context, db, b));
    }

    @Override
    double of(double a, double b) {
        return a / b;
    }
}
