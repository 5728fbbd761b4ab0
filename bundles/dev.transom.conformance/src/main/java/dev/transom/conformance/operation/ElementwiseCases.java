package dev.transom.conformance.operation;

import static dev.transom.conformance.operation.CaseInput.Draw.AROUND_ZERO;
import static dev.transom.conformance.operation.CaseInput.Draw.AWAY_FROM_ZERO;
import static dev.transom.conformance.operation.CaseInput.Draw.POSITIVE;

import dev.transom.graph.Dim;
import dev.transom.graph.Type;
import java.util.ArrayList;
import java.util.List;

/** Functions of one input, binary operations with every way of broadcasting, and affine. */
final class ElementwiseCases {

    private static final Dim TOKENS = Dim.bounded("tokens", 16);
    private static final Type.TensorType X = Type.f32(TOKENS, Dim.of(5));

    private ElementwiseCases() {
    }

    static List<OperationCase> all() {
        List<OperationCase> cases = new ArrayList<>();
        for (long tokens : CoreOperationCases.TOKENS) {
            for (String function : List.of("exp", "square", "tanh", "sigmoid", "softplus", "gelu", "gelu_tanh", "quick_gelu", "silu")) {
                cases.add(unary(function, tokens, AROUND_ZERO));
            }
            for (String function : List.of("log", "sqrt", "rsqrt")) {
                cases.add(unary(function, tokens, POSITIVE));
            }
            cases.add(unary("relu", tokens, AWAY_FROM_ZERO));
            for (String function : List.of("relu", "gelu", "gelu_tanh", "quick_gelu", "silu")) {
                cases.add(OperationCase.of(function + "_backward", tokens + " tokens").size("tokens", tokens).withoutGradient()
                    .reals("x", X).reals("dy", X).gives(X));
            }
            cases.add(OperationCase.of("affine", tokens + " tokens").size("tokens", tokens)
                .attributes("scale", -1.5, "shift", 0.25).reals("x", X).gives(X));
            cases.add(clamp("clamp", tokens).reals("x", X, AWAY_FROM_ZERO).gives(X));
            cases.add(clamp("clamp_backward", tokens).withoutGradient().reals("x", X).reals("dy", X).gives(X));
            for (String operation : List.of("add", "sub", "mul", "div")) {
                cases.addAll(binary(operation, tokens));
            }
        }
        return cases;
    }

    /** From zero on, and nothing away from zero is near either end. */
    private static OperationCase.Sketch clamp(String operation, long tokens) {
        return OperationCase.of(operation, tokens + " tokens").size("tokens", tokens)
            .attributes("min", tokens == 1 ? -10.0 : 0.0, "max", 10.0);
    }

    private static OperationCase unary(String function, long tokens, CaseInput.Draw draw) {
        return OperationCase.of(function, tokens + " tokens").size("tokens", tokens).reals("x", X, draw).gives(X);
    }

    private static List<OperationCase> binary(String operation, long tokens) {
        Type.TensorType a = Type.f32(TOKENS, Dim.of(2), Dim.of(3));
        return List.of(
            binary(operation, "equal shapes", tokens, a, a),
            binary(operation, "b is a vector", tokens, a, Type.f32(Dim.of(3))),
            binary(operation, "b is a scalar", tokens, a, Type.f32()),
            binary(operation, "b is a column", tokens, a, Type.f32(TOKENS, Dim.of(2), Dim.of(1))),
            binary(operation, "b lacks tokens", tokens, a, Type.f32(Dim.of(1), Dim.of(2), Dim.of(3))),
            binary(operation, "b has a one in the middle", tokens, a, Type.f32(TOKENS, Dim.of(1), Dim.of(3))));
    }

    private static OperationCase binary(String operation, String label, long tokens, Type.TensorType a, Type.TensorType b) {
        return OperationCase.of(operation, label + ", " + tokens + " tokens").size("tokens", tokens)
            .reals("a", a).reals("b", b, operation.equals("div") ? AWAY_FROM_ZERO : AROUND_ZERO).gives(a);
    }
}
