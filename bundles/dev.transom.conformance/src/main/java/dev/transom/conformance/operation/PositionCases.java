package dev.transom.conformance.operation;

import dev.transom.graph.Dim;
import dev.transom.graph.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Sinusoids and rotary positions. */
final class PositionCases {

    private static final Dim TOKENS = Dim.bounded("tokens", 16);
    private static final Dim ROWS = Dim.bounded("rows", 4);

    private PositionCases() {
    }

    static List<OperationCase> all() {
        List<OperationCase> cases = new ArrayList<>();
        for (long tokens : CoreOperationCases.TOKENS) {
            int[] positions = IntStream.range(0, (int) tokens).map(i -> i * 3 % 5).toArray();
            for (String layout : List.of("halves", "interleaved")) {
                cases.add(of("sinusoid", layout, tokens).attributes("dim", 6, "layout", layout)
                    .ints("positions", Type.i32(TOKENS), positions).gives(Type.f32(TOKENS, Dim.of(6))));
                for (boolean inverse : new boolean[] {false, true}) {
                    cases.add(rope("all of the head", tokens, layout, inverse, 3));
                    cases.add(rope("part of the head", tokens, layout, inverse, 2));
                }
            }
        }
        ropeTable(cases, "rows of 3, 0 and 4", 7, 0, 3, 3, 7);
        ropeTable(cases, "no rows", 0, 0);
        return cases;
    }

    private static OperationCase.Sketch of(String operation, String label, long tokens) {
        return OperationCase.of(operation, label + ", " + tokens + " tokens").size("tokens", tokens);
    }

    private static OperationCase rope(String label, long tokens, String layout, boolean inverse, long half) {
        Type.TensorType x = Type.f32(TOKENS, Dim.of(2), Dim.of(6));
        return of("rope", layout + (inverse ? ", inverse, " : ", ") + label, tokens).attributes("layout", layout, "inverse", inverse)
            .reals("x", x).fixed("table", Type.f32(TOKENS, Dim.of(2), Dim.of(half))).gives(x);
    }

    private static void ropeTable(List<OperationCase> cases, String label, int tokens, int... offsets) {
        cases.add(OperationCase.of("rope_table", label).size("tokens", tokens).size("rows", offsets.length - 1)
            .attributes("scale", 1.25).withoutGradient()
            .ints("positions", Type.i32(TOKENS), IntStream.range(0, tokens).toArray())
            .fixed("frequencies", Type.f32(ROWS, Dim.of(3)))
            .ints("offsets", Type.i32(ROWS.plus(Dim.of(1))), offsets)
            .gives(Type.f32(TOKENS, Dim.of(2), Dim.of(3))));
    }
}
