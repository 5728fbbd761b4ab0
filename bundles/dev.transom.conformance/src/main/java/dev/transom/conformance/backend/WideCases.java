package dev.transom.conformance.backend;

import dev.transom.conformance.operation.CaseInput.Draw;
import dev.transom.conformance.operation.OperationCase;
import dev.transom.graph.AttentionMask;
import dev.transom.graph.Dim;
import dev.transom.graph.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Cases at sizes where vector kernels err: about one and several lanes, tiles with remainders, more than one row of each. */
final class WideCases {

    private static final Dim TOKENS = Dim.bounded("tokens", 64);
    private static final Dim ROWS = Dim.bounded("rows", 4);
    private static final Dim ENDS = ROWS.plus(Dim.of(1));
    /** About 8 and 16 lanes and four accumulators of them. */
    private static final long[] WIDTHS = {1, 7, 16, 17, 63, 64, 257};

    private WideCases() {
    }

    static List<OperationCase> all() {
        List<OperationCase> cases = new ArrayList<>();
        products(cases);
        for (long width : WIDTHS) {
            rows(cases, width);
        }
        elementwise(cases);
        positions(cases);
        attention(cases);
        losses(cases);
        return cases;
    }

    private static OperationCase.Sketch of(String operation, String label, long tokens) {
        return OperationCase.of(operation, label + ", " + tokens + " tokens").size("tokens", tokens);
    }

    private static void products(List<OperationCase> cases) {
        // tokens, in, out
        int[][] sizes = {{1, 257, 33}, {1, 64, 1}, {1, 1024, 130}, {2, 16, 64}, {3, 1, 5}, {4, 96, 4}, {5, 67, 7},
            {8, 128, 96},
            {17, 65, 35}, {33, 128, 66}, {0, 64, 32}};
        for (int[] size : sizes) {
            Type.TensorType x = Type.f32(TOKENS, Dim.of(size[1]));
            Type.TensorType y = Type.f32(TOKENS, Dim.of(size[2]));
            String label = size[1] + " to " + size[2];
            cases.add(of("matmul", label + " transpose_b", size[0]).attributes("transpose_a", false, "transpose_b", true)
                .reals("x", x).reals("w", Type.f32(Dim.of(size[2]), Dim.of(size[1]))).gives(y));
            cases.add(of("matmul", label + " plain", size[0]).attributes("transpose_a", false, "transpose_b", false)
                .reals("x", x).reals("w", Type.f32(Dim.of(size[1]), Dim.of(size[2]))).gives(y));
        }
        cases.add(of("gather", "wide rows", 9).reals("table", Type.f32(Dim.of(50), Dim.of(67)))
            .ints("ids", Type.i32(TOKENS), 49, 0, 7, 7, -1, 3, 48, 0, 1).gives(Type.f32(TOKENS, Dim.of(67))));
    }

    private static void rows(List<OperationCase> cases, long width) {
        Type.TensorType x = Type.f32(TOKENS, Dim.of(width));
        Type.TensorType w = Type.f32(Dim.of(width));
        for (long tokens : new long[] {1, 5}) {
            cases.add(of("rms_norm", width + " wide", tokens).attributes("eps", 1e-2).reals("x", x).reals("w", w).gives(x));
            cases.add(of("layer_norm", width + " wide", tokens).attributes("eps", 1e-2).reals("x", x).reals("w",
                w).reals("b", w).gives(x));
            cases.add(of("softmax", width + " wide", tokens).reals("x", x).gives(x));
            cases.add(of("log_softmax", width + " wide", tokens).reals("x", x).gives(x));
            cases.add(of("l2_normalize", width + " wide", tokens).attributes("eps", 1e-2).reals("x", x).gives(x));
            cases.add(of("sum_last", width + " wide", tokens).reals("x", x).gives(Type.f32(TOKENS, Dim.of(1))));
            cases.add(of("dropout", width + " wide", tokens).attributes("p", 0.3, "id", -17).reals("x", x)
                .ints("seed", Type.i32(Dim.of(2)), -42, 3).gives(x));
            for (String operation : List.of("add", "mul")) {
                cases.add(of(operation, "a bias " + width + " wide", tokens).reals("a", x).reals("b", w).gives(x));
            }
            cases.add(of("segment_mean", width + " wide", tokens).size("rows", 2).reals("x", x)
                .ints("offsets", Type.i32(ENDS), 0, 1, (int) tokens).gives(Type.f32(ROWS, Dim.of(width))));
        }
    }

    private static void elementwise(List<OperationCase> cases) {
        Type.TensorType x = Type.f32(TOKENS, Dim.of(347));
        for (String function : List.of("exp", "square", "tanh", "sigmoid", "softplus", "gelu", "gelu_tanh",
                "quick_gelu", "silu")) {
            cases.add(of(function, "wide", 3).reals("x", x).gives(x));
        }
        for (String function : List.of("log", "sqrt", "rsqrt")) {
            cases.add(of(function, "wide", 3).reals("x", x, Draw.POSITIVE).gives(x));
        }
        cases.add(of("relu", "wide", 3).reals("x", x, Draw.AWAY_FROM_ZERO).gives(x));
        cases.add(of("affine", "wide", 3).attributes("scale", -1.5, "shift", 0.25).reals("x", x).gives(x));
        cases.add(of("div", "wide", 3).reals("a", x).reals("b", x, Draw.AWAY_FROM_ZERO).gives(x));
        cases.add(of("sub", "wide", 3).reals("a", x).reals("b", x).gives(x));
        cases.add(of("sum_all", "wide", 3).reals("x", x).gives(Type.f32()));
        cases.add(of("mean_all", "wide", 3).reals("x", x).gives(Type.f32()));
        cases.add(of("transpose", "heads before tokens, wide", 37).attributes("permutation", new long[] {1, 0, 2})
            .reals("x", Type.f32(TOKENS, Dim.of(6), Dim.of(64))).gives(Type.f32(Dim.of(6), TOKENS, Dim.of(64))));
        cases.add(of("concat", "the last axis, wide", 5).attributes("axis", 1).reals("a", x).reals("b",
            x).gives(Type.f32(TOKENS, Dim.of(694))));
        cases.add(of("slice", "the last axis, wide", 5).attributes("axis", 1, "start", 3, "end", 340).reals("x", x)
            .gives(Type.f32(TOKENS, Dim.of(337))));
    }

    private static void positions(List<OperationCase> cases) {
        Type.TensorType x = Type.f32(TOKENS, Dim.of(6), Dim.of(64));
        for (String layout : List.of("halves", "interleaved")) {
            for (long half : new long[] {32, 17}) {
                cases.add(of("rope", layout + ", " + half + " pairs", 5).attributes("layout", layout, "inverse", false)
                    .reals("x", x).fixed("table", Type.f32(TOKENS, Dim.of(2), Dim.of(half))).gives(x));
            }
            cases.add(of("sinusoid", layout + ", far positions", 3).attributes("dim", 66, "layout", layout)
                .ints("positions", Type.i32(TOKENS), 1, 4095, 100_003).gives(Type.f32(TOKENS, Dim.of(66))));
        }
        // Angles of far positions need more than float32: 100003 · frequency rounds to some 0.01.
        cases.add(of("rope_table", "far positions", 3).size("rows", 2).attributes("scale", 1.0).withoutGradient()
            .ints("positions", Type.i32(TOKENS), 100_003, 0, 4095).fixed("frequencies", Type.f32(ROWS, Dim.of(33)))
            .ints("offsets", Type.i32(ENDS), 0, 2, 3).gives(Type.f32(TOKENS, Dim.of(2), Dim.of(33))));
    }

    private static void attention(List<OperationCase> cases) {
        AttentionMask[] masks = {AttentionMask.bidirectional(0.2), AttentionMask.causal(0.2),
            AttentionMask.causal(0.2).withWindow(5),
            AttentionMask.causal(0.2).withPrefix(6), new AttentionMask(true, 9, 2, 0.2, 3)};
        for (AttentionMask mask : masks) {
            for (int dim : new int[] {16, 33, 64}) {
                int valueDim = dim == 33 ? 24 : dim;
                cases.add(of("attention", dim + " wide, " + mask, 37).size("rows", 3).attributes(mask.attributes())
                    .reals("q", Type.f32(TOKENS, Dim.of(6), Dim.of(dim))).reals("k",
                    Type.f32(TOKENS, Dim.of(2), Dim.of(dim)))
                    .reals("v", Type.f32(TOKENS, Dim.of(2), Dim.of(valueDim)))
                    .ints("offsets", Type.i32(ENDS), 0, 20, 20, 37).ints("keyOffsets", Type.i32(ENDS), 0, 20, 20, 37)
                    .fixed("slopes", Type.f32(Dim.of(6))).gives(Type.f32(TOKENS, Dim.of(6), Dim.of(valueDim))));
                cases.add(paged(mask, dim, valueDim));
            }
        }
    }

    /** A prompt of 6, one new token after 36 positions, and an empty row; blocks of 16 in a scrambled order. */
    private static OperationCase paged(AttentionMask mask, int dim, int valueDim) {
        return of("paged_attention", dim + " wide, " + mask, 7).size("rows", 3).attributes(mask.attributes())
            .withoutGradient().reals("q", Type.f32(TOKENS, Dim.of(6), Dim.of(dim)))
            .cache(new Type.CacheType("layers.0.self", 2, dim, valueDim, 16), 9 * 16)
            .ints("blockTables", Type.i32(ROWS, Dim.of(3)), IntStream.range(0, 9).map(i -> i * 4 % 9).toArray())
            .ints("lengths", Type.i32(ROWS), 6, 37, 0).ints("offsets", Type.i32(ENDS), 0, 6, 7, 7)
            .fixed("slopes", Type.f32(Dim.of(6))).gives(Type.f32(TOKENS, Dim.of(6), Dim.of(valueDim)));
    }

    private static void losses(List<OperationCase> cases) {
        int[] labels = {300, -100, 0, 17, 299, 1, -1, 64, 128};
        cases.add(of("cross_entropy", "301 classes", 9).reals("logits", Type.f32(TOKENS, Dim.of(301)))
            .ints("labels", Type.i32(TOKENS), labels).gives(Type.f32()));
        cases.add(of("linear_cross_entropy", "301 classes of 67", 9).reals("x", Type.f32(TOKENS, Dim.of(67)))
            .reals("w", Type.f32(Dim.of(301), Dim.of(67))).ints("labels", Type.i32(TOKENS), labels).gives(Type.f32()));
    }
}
