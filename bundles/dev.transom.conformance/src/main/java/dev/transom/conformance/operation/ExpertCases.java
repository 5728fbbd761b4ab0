package dev.transom.conformance.operation;

import dev.transom.graph.Dim;
import dev.transom.graph.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Choosing experts, and multiplying by their matrices alone. */
final class ExpertCases {

    private static final Dim TOKENS = Dim.bounded("tokens", 16);
    private static final int EXPERTS = 4;
    private static final Type.TensorType SCORES = Type.f32(TOKENS, Dim.of(5));

    private ExpertCases() {
    }

    static List<OperationCase> all() {
        List<OperationCase> cases = new ArrayList<>();
        for (long tokens : CoreOperationCases.TOKENS) {
            for (long k : new long[] {1, 2, 5}) {
                Type.TensorType kept = Type.f32(TOKENS, Dim.of(k));
                cases.add(of("top_k", k + " of 5", tokens).attributes("k", k).reals("x", SCORES)
                    .gives(kept, Type.i32(kept.shape())));
            }
            cases.add(of("top_k_backward", "2 of 5", tokens).withoutGradient().reals("x", SCORES)
                .ints("ids", Type.i32(TOKENS, Dim.of(2)), chosen(tokens, 2)).reals("dy", Type.f32(TOKENS, Dim.of(2))).gives(SCORES));
            for (int choices : new int[] {1, 3}) {
                for (boolean shared : new boolean[] {true, false}) {
                    products(cases, tokens, choices, shared);
                }
            }
        }
        return cases;
    }

    private static void products(List<OperationCase> cases, long tokens, int choices, boolean shared) {
        Dim in = Dim.of(6);
        Dim out = Dim.of(7);
        String label = choices + " choices" + (shared ? " of a shared row" : "");
        Type.TensorType ids = Type.i32(TOKENS, Dim.of(choices));
        Type.TensorType x = shared ? Type.f32(TOKENS, in) : Type.f32(TOKENS, Dim.of(choices), in);
        Type.TensorType y = Type.f32(TOKENS, Dim.of(choices), out);
        for (boolean transposed : new boolean[] {true, false}) {
            Type.TensorType w = transposed ? Type.f32(Dim.of(EXPERTS), out, in) : Type.f32(Dim.of(EXPERTS), in, out);
            String turned = label + (transposed ? "" : ", not transposed");
            cases.add(of("expert_matmul", turned, tokens).attributes("transpose_w", transposed).reals("x", x).reals("w", w)
                .ints("ids", ids, chosen(tokens, choices)).gives(y));
            cases.add(of("expert_matmul_backward", turned, tokens).attributes("transpose_w", transposed).withoutGradient()
                .reals("x", x).fixed("w", w).ints("ids", ids, chosen(tokens, choices)).reals("dy", y).gives(w));
        }
    }

    /** 3, 0, 2, 3, 0 … : expert 1 is never chosen. */
    private static int[] chosen(long tokens, int choices) {
        return IntStream.range(0, (int) tokens * choices).map(i -> new int[] {3, 0, 2}[i % 3]).toArray();
    }

    private static OperationCase.Sketch of(String operation, String label, long tokens) {
        return OperationCase.of(operation, label + ", " + tokens + " tokens").size("tokens", tokens);
    }
}
