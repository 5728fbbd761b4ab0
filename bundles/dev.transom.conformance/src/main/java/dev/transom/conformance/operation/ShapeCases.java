package dev.transom.conformance.operation;

import dev.transom.graph.Dim;
import dev.transom.graph.Type;
import java.util.ArrayList;
import java.util.List;

/** Products and changes of shape. */
final class ShapeCases {

    private static final Dim TOKENS = Dim.bounded("tokens", 16);

    private ShapeCases() {
    }

    static List<OperationCase> all() {
        List<OperationCase> cases = new ArrayList<>();
        for (long tokens : CoreOperationCases.TOKENS) {
            products(cases, tokens);
            reshapes(cases, tokens);
            cuts(cases, tokens);
            joins(cases, tokens);
        }
        return cases;
    }

    private static OperationCase.Sketch of(String operation, String label, long tokens) {
        return OperationCase.of(operation, label + ", " + tokens + " tokens").size("tokens", tokens);
    }

    private static void products(List<OperationCase> cases, long tokens) {
        Type.TensorType x = Type.f32(TOKENS, Dim.of(5));
        cases.add(of("matmul", "plain", tokens).attributes("transpose_a", false, "transpose_b", false)
            .reals("x", x).reals("w", Type.f32(Dim.of(5), Dim.of(3))).gives(Type.f32(TOKENS, Dim.of(3))));
        cases.add(of("matmul", "transpose_b", tokens).attributes("transpose_a", false, "transpose_b", true)
            .reals("x", x).reals("w", Type.f32(Dim.of(3), Dim.of(5))).gives(Type.f32(TOKENS, Dim.of(3))));
        cases.add(of("matmul", "transpose_a", tokens).attributes("transpose_a", true, "transpose_b", false)
            .reals("x", x).reals("w", Type.f32(TOKENS, Dim.of(3))).gives(Type.f32(Dim.of(5), Dim.of(3))));
        cases.add(of("matmul", "transpose_b over two leading axes", tokens).attributes("transpose_a", false, "transpose_b", true)
            .reals("x", Type.f32(TOKENS, Dim.of(2), Dim.of(3))).reals("w", Type.f32(Dim.of(7), Dim.of(3)))
            .gives(Type.f32(TOKENS, Dim.of(2), Dim.of(7))));
        cases.add(of("matmul", "transpose_a over two leading axes", tokens).attributes("transpose_a", true, "transpose_b", false)
            .reals("x", Type.f32(TOKENS, Dim.of(2), Dim.of(3))).reals("w", Type.f32(TOKENS, Dim.of(2), Dim.of(1)))
            .gives(Type.f32(Dim.of(3), Dim.of(1))));
        cases.add(of("matmul", "a vector and a table of tokens", tokens).attributes("transpose_a", false, "transpose_b", true)
            .reals("x", Type.f32(Dim.of(5))).reals("w", x).gives(Type.f32(TOKENS)));
        cases.add(of("matmul", "summed over tokens", tokens).attributes("transpose_a", false, "transpose_b", false)
            .reals("x", Type.f32(Dim.of(3), TOKENS)).reals("w", x).gives(Type.f32(Dim.of(3), Dim.of(5))));
    }

    private static void reshapes(List<OperationCase> cases, long tokens) {
        Type.TensorType joined = Type.f32(TOKENS, Dim.of(6));
        Type.TensorType split = Type.f32(TOKENS, Dim.of(2), Dim.of(3));
        cases.add(of("reshape", "splits heads", tokens).attributes("shape", new long[] {0, 2, -1}).reals("x", joined).gives(split));
        cases.add(of("reshape", "joins heads", tokens).attributes("shape", new long[] {0, 6}).reals("x", split).gives(joined));
        cases.add(of("reshape", "integers", tokens).attributes("shape", new long[] {0, 1})
            .ints("x", Type.i32(TOKENS), new int[(int) tokens]).gives(Type.i32(TOKENS, Dim.of(1))));
        cases.add(of("transpose", "heads before tokens", tokens).attributes("permutation", new long[] {1, 0, 2})
            .reals("x", split).gives(Type.f32(Dim.of(2), TOKENS, Dim.of(3))));
        cases.add(of("transpose", "a cycle of three", tokens).attributes("permutation", new long[] {2, 0, 1})
            .reals("x", split).gives(Type.f32(Dim.of(3), TOKENS, Dim.of(2))));
    }

    private static void cuts(List<OperationCase> cases, long tokens) {
        Type.TensorType x = Type.f32(TOKENS, Dim.of(5), Dim.of(2));
        cases.add(of("slice", "a middle axis", tokens).attributes("axis", 1, "start", 1, "end", 4)
            .reals("x", x).gives(Type.f32(TOKENS, Dim.of(3), Dim.of(2))));
        cases.add(of("slice", "the last axis", tokens).attributes("axis", 2, "start", 1, "end", 2)
            .reals("x", x).gives(Type.f32(TOKENS, Dim.of(5), Dim.of(1))));
        cases.add(of("slice", "nothing", tokens).attributes("axis", 1, "start", 2, "end", 2)
            .reals("x", x).gives(Type.f32(TOKENS, Dim.of(0), Dim.of(2))));
        cases.add(of("pad", "a middle axis", tokens).attributes("axis", 1, "before", 1, "after", 2)
            .reals("x", x).gives(Type.f32(TOKENS, Dim.of(8), Dim.of(2))));
    }

    private static void joins(List<OperationCase> cases, long tokens) {
        Type.TensorType x = Type.f32(TOKENS, Dim.of(2));
        Type.TensorType prefix = Type.f32(Dim.of(3), Dim.of(2));
        cases.add(of("concat", "the last axis", tokens).attributes("axis", 1)
            .reals("a", x).reals("b", Type.f32(TOKENS, Dim.of(1))).reals("c", x).gives(Type.f32(TOKENS, Dim.of(5))));
        cases.add(of("concat", "a prefix before tokens", tokens).attributes("axis", 0)
            .reals("a", prefix).reals("b", x).gives(Type.f32(Dim.of(3).plus(TOKENS), Dim.of(2))));
        cases.add(of("concat", "one part", tokens).attributes("axis", 0).reals("a", x).gives(x));
        cases.add(of("concat_backward", "a prefix before tokens", tokens).attributes("axis", 0).withoutGradient()
            .reals("dy", Type.f32(Dim.of(3).plus(TOKENS), Dim.of(2))).fixed("a", prefix).fixed("b", x).gives(prefix, x));
    }
}
