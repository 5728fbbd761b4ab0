package dev.transom.conformance.operation;

import dev.transom.graph.AttentionMask;
import dev.transom.graph.Dim;
import dev.transom.graph.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Attention over segments and over a cache: grouped heads, every mask, rows without tokens. */
final class AttentionCases {

    private static final Dim TOKENS = Dim.bounded("tokens", 16);
    private static final Dim KEYS = Dim.bounded("keys", 16);
    private static final Dim ROWS = Dim.bounded("rows", 4);
    private static final Dim ENDS = ROWS.plus(Dim.of(1));
    private static final Type.CacheType CACHE = new Type.CacheType("layers.0.self", 2, 3, 5, 4);
    private static final double SCALE = 0.57;

    private AttentionCases() {
    }

    static List<OperationCase> all() {
        List<OperationCase> cases = new ArrayList<>();
        masks().forEach((label, mask) -> {
            cases.add(attention(label, mask, 7, 7, new int[] {0, 3, 3, 7}, new int[] {0, 3, 3, 7}));
            cases.add(paged(label + ", two tokens after three and a prompt of four", mask, new int[] {0, 2, 6}, 5, 4));
        });
        AttentionMask causal = AttentionMask.causal(SCALE);
        cases.add(attention("no tokens", causal, 0, 0, new int[] {0, 0}, new int[] {0, 0}));
        cases.add(attention("one token", causal, 1, 1, new int[] {0, 1}, new int[] {0, 1}));
        cases.add(attention("more keys than queries", causal, 3, 7, new int[] {0, 2, 3}, new int[] {0, 4, 7}));
        cases.add(attention("two rows read other rows' length of keys", AttentionMask.bidirectional(SCALE), 5, 3,
            new int[] {0, 4, 5}, new int[] {0, 2, 3}));
        cases.add(paged("no tokens", causal, new int[] {0, 0}, 3));
        cases.add(append());
        return cases;
    }

    private static Map<String, AttentionMask> masks() {
        return Map.of(
            "all", AttentionMask.bidirectional(SCALE),
            "causal", AttentionMask.causal(SCALE),
            "causal with a window of 2", AttentionMask.causal(SCALE).withWindow(2),
            "causal with a prefix of 2", AttentionMask.causal(SCALE).withPrefix(2),
            "softcap 1.5", new AttentionMask(true, 0, 0, SCALE, 1.5));
    }

    /** Four query heads over two key heads of 3 and value heads of 5; the slopes are random, so ALiBi is always in. */
    private static OperationCase attention(String label, AttentionMask mask, int tokens, int keys, int[] offsets, int[] keyOffsets) {
        return OperationCase.of("attention", label).size("tokens", tokens).size("keys", keys).size("rows", offsets.length - 1)
            .attributes(mask.attributes())
            .reals("q", Type.f32(TOKENS, Dim.of(4), Dim.of(3)))
            .reals("k", Type.f32(KEYS, Dim.of(2), Dim.of(3)))
            .reals("v", Type.f32(KEYS, Dim.of(2), Dim.of(5)))
            .ints("offsets", Type.i32(ENDS), offsets)
            .ints("keyOffsets", Type.i32(ENDS), keyOffsets)
            .fixed("slopes", Type.f32(Dim.of(4)))
            .gives(Type.f32(TOKENS, Dim.of(4), Dim.of(5)));
    }

    /** Blocks of 4 in a scrambled order; lengths count the cached positions of each row. */
    private static OperationCase paged(String label, AttentionMask mask, int[] offsets, int... lengths) {
        int rows = lengths.length;
        int[] tables = new int[rows * 2];
        for (int i = 0; i < tables.length; i++) {
            tables[i] = tables.length - 1 - i;
        }
        return OperationCase.of("paged_attention", label).size("tokens", offsets[rows]).size("rows", rows)
            .attributes(mask.attributes()).withoutGradient()
            .reals("q", Type.f32(TOKENS, Dim.of(4), Dim.of(3)))
            .cache(CACHE, 16)
            .ints("blockTables", Type.i32(ROWS, Dim.of(2)), tables)
            .ints("lengths", Type.i32(ROWS), lengths)
            .ints("offsets", Type.i32(ENDS), offsets)
            .fixed("slopes", Type.f32(Dim.of(4)))
            .gives(Type.f32(TOKENS, Dim.of(4), Dim.of(5)));
    }

    private static OperationCase append() {
        return OperationCase.of("kv_append", "three tokens in scattered slots").size("tokens", 3).withoutGradient()
            .cache(CACHE, 16)
            .fixed("k", Type.f32(TOKENS, Dim.of(2), Dim.of(3)))
            .fixed("v", Type.f32(TOKENS, Dim.of(2), Dim.of(5)))
            .ints("slots", Type.i32(TOKENS), 9, 2, 15)
            .gives(CACHE);
    }
}
