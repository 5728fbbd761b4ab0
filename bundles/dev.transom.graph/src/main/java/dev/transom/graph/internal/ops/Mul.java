package dev.transom.graph.internal.ops;

import dev.transom.graph.GradientContext;
import dev.transom.graph.Value;
import java.util.List;

/** y = a · b; b broadcasts to a. ONNX Mul. da = dy · b, db = dy · a summed to b. */
final class Mul extends Binary {

    Mul() {
        super("mul");
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        Value da = context.builder().mul(context.dy(), context.input(1));
        Value db = context.builder().mul(context.dy(), context.input(0));
        return List.of(da, Broadcast.reduce(context, db, context.input(1)));
    }

    @Override
    double of(double a, double b) {
        return a * b;
    }
}
