package dev.transom.graph.internal.ops;

import dev.transom.graph.GradientContext;
import dev.transom.graph.Value;
import java.util.List;

/** y = a + b; b broadcasts to a. ONNX Add. da = dy, db = dy summed to b. */
final class Add extends Binary {

    Add() {
        super("add");
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        return List.of(context.dy(), Broadcast.reduce(context, context.dy(), context.input(1)));
    }

    @Override
    double of(double a, double b) {
        return a + b;
    }
}
