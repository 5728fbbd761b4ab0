package dev.transom.conformance.operation;

import dev.transom.graph.Dim;
import dev.transom.graph.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows of tables, sums and their mirrors. */
final class RowAndSumCases {

    private static final Dim TOKENS = Dim.bounded("tokens", 16);
    private static final Type.TensorType X = Type.f32(TOKENS, Dim.of(2), Dim.of(3));

    private RowAndSumCases() {
    }

    static List<OperationCase> all() {
        List<OperationCase> cases = new ArrayList<>();
        for (long tokens : CoreOperationCases.TOKENS) {
            rows(cases, tokens);
            sums(cases, tokens);
            for (Type.TensorType small : List.of(Type.f32(Dim.of(3)), Type.f32(Dim.of(2), Dim.of(1)), Type.f32(),
                    Type.f32(TOKENS, Dim.of(1), Dim.of(3)))) {
                cases.add(of("sum_to", "to " + small, tokens).reals("x", X).fixed("like", small).gives(small));
                cases.add(of("broadcast_to", "from " + small, tokens).reals("x", small).fixed("like", X).gives(X));
            }
        }
        return cases;
    }

    private static OperationCase.Sketch of(String operation, String label, long tokens) {
        return OperationCase.of(operation, label + ", " + tokens + " tokens").size("tokens", tokens);
    }

    private static void rows(List<OperationCase> cases, long tokens) {
        // Repeated ids and ids below zero: 2, 0, 4, 2, −1, 0, …
        int[] ids = IntStream.range(0, (int) tokens).map(i -> new int[] {2, 0, 4, 2, -1}[i % 5]).toArray();
        Type.TensorType table = Type.f32(Dim.of(5), Dim.of(3));
        Type.TensorType rows = Type.f32(TOKENS, Dim.of(3));
        cases.add(of("gather", "repeated and negative ids", tokens).reals("table", table).ints("ids", Type.i32(TOKENS), ids).gives(rows));
        cases.add(of("gather", "scalars", tokens).reals("table", Type.f32(Dim.of(5))).ints("ids", Type.i32(TOKENS), ids)
            .gives(Type.f32(TOKENS)));
        cases.add(of("scatter_add", "repeated and negative ids", tokens).reals("updates", rows).ints("ids", Type.i32(TOKENS), ids)
            .fixed("like", table).gives(table));
    }

    private static void sums(List<OperationCase> cases, long tokens) {
        cases.add(of("sum_last", "three axes", tokens).reals("x", X).gives(Type.f32(TOKENS, Dim.of(2), Dim.of(1))));
        cases.add(of("sum_all", "three axes", tokens).reals("x", X).gives(Type.f32()));
        OperationCase.Sketch mean = of("mean_all", "three axes", tokens).reals("x", X);
        cases.add((tokens == 0 ? mean.notANumber() : mean).gives(Type.f32()));
        cases.add(of("mean_all_backward", "three axes", tokens).withoutGradient().fixed("x", X).reals("dy", Type.f32()).gives(X));
    }
}
