package dev.transom.conformance.operation;

import dev.transom.graph.Dim;
import dev.transom.graph.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Softmax, norms, dropout, pooling and losses. */
final class NormAndLossCases {

    private static final Dim TOKENS = Dim.bounded("tokens", 16);
    private static final Dim ROWS = Dim.bounded("rows", 4);
    private static final Type.TensorType X = Type.f32(TOKENS, Dim.of(5));
    private static final Type.TensorType W = Type.f32(Dim.of(5));

    private NormAndLossCases() {
    }

    static List<OperationCase> all() {
        List<OperationCase> cases = new ArrayList<>();
        for (long tokens : CoreOperationCases.TOKENS) {
            norms(cases, tokens);
            losses(cases, tokens);
        }
        segments(cases, "rows of 3, 0 and 4", 7, 0, 3, 3, 7);
        segments(cases, "no tokens in one row", 0, 0, 0);
        segments(cases, "no rows", 0, 0);
        segments(cases, "tokens behind the last row", 7, 0, 2, 5);
        return cases;
    }

    private static OperationCase.Sketch of(String operation, String label, long tokens) {
        return OperationCase.of(operation, label + ", " + tokens + " tokens").size("tokens", tokens);
    }

    private static void norms(List<OperationCase> cases, long tokens) {
        Type.TensorType heads = Type.f32(TOKENS, Dim.of(2), Dim.of(5));
        for (String operation : List.of("softmax", "log_softmax")) {
            cases.add(of(operation, "two axes", tokens).reals("x", X).gives(X));
            cases.add(of(operation, "three axes", tokens).reals("x", heads).gives(heads));
        }
        cases.add(of("layer_norm", "two axes", tokens).attributes("eps", 1e-5)
            .reals("x", X).reals("w", W).reals("b", W).gives(X));
        cases.add(of("layer_norm", "a large eps", tokens).attributes("eps", 0.5)
            .reals("x", heads).reals("w", W).reals("b", W).gives(heads));
        cases.add(of("rms_norm", "two axes", tokens).attributes("eps", 1e-6).reals("x", X).reals("w", W).gives(X));
        cases.add(of("rms_norm", "each head, a large eps", tokens).attributes("eps", 0.5).reals("x", heads).reals("w", W).gives(heads));
        cases.add(of("l2_normalize", "two axes", tokens).attributes("eps", 1e-12).reals("x", X).gives(X));
        cases.add(of("l2_normalize", "eps above every norm", tokens).attributes("eps", 100.0).reals("x", X).gives(X));
        cases.add(of("dropout", "p 0.3", tokens).attributes("p", 0.3, "id", 17)
            .reals("x", X).ints("seed", Type.i32(Dim.of(2)), 42, 3).gives(X));
        cases.add(of("dropout", "p 0", tokens).attributes("p", 0.0, "id", 17)
            .reals("x", X).ints("seed", Type.i32(Dim.of(2)), 42, 3).gives(X));
    }

    private static void losses(List<OperationCase> cases, long tokens) {
        int[] some = IntStream.range(0, (int) tokens).map(i -> new int[] {4, -100, 0, 2}[i % 4]).toArray();
        int[] none = IntStream.range(0, (int) tokens).map(_ -> -100).toArray();
        if (tokens > 0) {
            cases.add(crossEntropy("some labels ignored", tokens, some).gives(Type.f32()));
            cases.add(linearCrossEntropy("some labels ignored", tokens, some).gives(Type.f32()));
        }
        cases.add(crossEntropy("all labels ignored", tokens, none).notANumber().gives(Type.f32()));
        cases.add(linearCrossEntropy("all labels ignored", tokens, none).notANumber().gives(Type.f32()));
    }

    private static OperationCase.Sketch crossEntropy(String label, long tokens, int[] labels) {
        return of("cross_entropy", label, tokens).reals("logits", X).ints("labels", Type.i32(TOKENS), labels);
    }

    private static OperationCase.Sketch linearCrossEntropy(String label, long tokens, int[] labels) {
        return of("linear_cross_entropy", label, tokens).reals("x", Type.f32(TOKENS, Dim.of(3)))
            .reals("w", Type.f32(Dim.of(5), Dim.of(3))).ints("labels", Type.i32(TOKENS), labels);
    }

    private static void segments(List<OperationCase> cases, String label, long tokens, int... offsets) {
        Type.TensorType ends = Type.i32(ROWS.plus(Dim.of(1)));
        Type.TensorType rows = Type.f32(ROWS, Dim.of(5));
        cases.add(OperationCase.of("segment_mean", label).size("tokens", tokens).size("rows", offsets.length - 1)
            .reals("x", X).ints("offsets", ends, offsets).gives(rows));
        cases.add(OperationCase.of("segment_spread", label).size("tokens", tokens).size("rows", offsets.length - 1)
            .reals("x", rows).ints("offsets", ends, offsets).fixed("like", Type.f32(TOKENS, Dim.of(2))).gives(X));
    }
}
