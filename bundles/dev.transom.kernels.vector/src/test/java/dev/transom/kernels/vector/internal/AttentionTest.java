package dev.transom.kernels.vector.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.transom.api.backend.Caches;
import dev.transom.api.backend.Executable;
import dev.transom.api.backend.PlanOptions;
import dev.transom.api.backend.Workspace;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.ParameterStore;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.api.tensor.TypePlan;
import dev.transom.backend.cpu.internal.CpuBackend;
import dev.transom.graph.AttentionMask;
import dev.transom.graph.Dim;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.Operations;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AttentionTest {

    /** Shape of the heads and mask of one case. */
    record Case(int heads, int kvHeads, int dim, int valueDim, AttentionMask mask, boolean alibi) {
    }

    private final Random random = new Random(6);

    static Stream<Case> cases() {
        return Stream.of(
            new Case(1, 1, 1, 1, AttentionMask.causal(1), false),
            new Case(4, 4, 32, 32, AttentionMask.bidirectional(0.2), false),
            new Case(4, 2, 64, 64, AttentionMask.causal(0.125), false),
            new Case(12, 2, 16, 24, AttentionMask.causal(0.25), true),
            new Case(3, 3, 17, 65, AttentionMask.causal(0.25).withWindow(20), false),
            new Case(2, 1, 33, 15, AttentionMask.causal(0.2).withPrefix(70), true),
            new Case(2, 2, 64, 128, new AttentionMask(true, 90, 10, 0.1, 3), false),
            new Case(2, 2, 16, 16, new AttentionMask(false, 5, 0, 0.3, 0), true));
    }

    private double[] slopes(Case c) {
        double[] slopes = new double[c.heads];
        for (int h = 0; h < slopes.length && c.alibi; h++) {
            slopes[h] = 0.5 / (h + 1);
        }
        return slopes;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void attendsWithinSegments(Case c) {
        for (int[] ends : new int[][] {{0, 1}, {0, 7, 7, 130, 131}, {1, 5, 205}}) {
            int tokens = ends[ends.length - 1] + 1;
            new Trial("attention", c.mask.attributes()).normal(random, tokens, c.heads, c.dim)
                .normal(random, tokens, c.kvHeads, c.dim).normal(random, tokens, c.kvHeads, c.valueDim)
                .ints(ends, ends.length).ints(ends, ends.length).reals(slopes(c), c.heads).check(2e-6);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void attendsToMoreOrFewerKeysThanQueries(Case c) {
        int[] ends = {0, 3, 9, 12};
        int[] keyEnds = {0, 90, 92, 92};
        new Trial("attention", c.mask.attributes()).normal(random, 12, c.heads, c.dim).normal(random, 92, c.kvHeads, c.dim)
            .normal(random, 92, c.kvHeads, c.valueDim).ints(ends, 4).ints(keyEnds, 4).reals(slopes(c), c.heads).check(2e-6);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void decodesWithTheSameBitsAsOnePass(Case c) {
        int tokens = 150;
        float[] q = floats(tokens * c.heads * c.dim);
        float[] k = floats(tokens * c.kvHeads * c.dim);
        float[] v = floats(tokens * c.kvHeads * c.valueDim);
        boolean whole = c.mask.causal();
        float[] expected = paged(c, q, k, v, 16, tokens);
        for (int blockSize : new int[] {5, 64}) {
            assertArrayEquals(expected, paged(c, q, k, v, blockSize, tokens), "block size");
            if (whole && c.mask.prefix() == 0) {
                assertArrayEquals(expected, paged(c, q, k, v, blockSize, 1), "one by one");
                assertArrayEquals(expected, paged(c, q, k, v, blockSize, 64), "in chunks");
            }
        }
        float[] ragged = ragged(c, q, k, v, tokens);
        assertArrayEquals(ragged, expected, "without a cache");
    }

    private float[] floats(int count) {
        float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = (float) random.nextGaussian();
        }
        return floats;
    }

    private float[] ragged(Case c, float[] q, float[] k, float[] v, int tokens) {
        int[] ends = {0, tokens};
        return new Trial("attention", c.mask.attributes()).reals(doubles(q), tokens, c.heads, c.dim)
            .reals(doubles(k), tokens, c.kvHeads, c.dim).reals(doubles(v), tokens, c.kvHeads, c.valueDim)
            .ints(ends, 2).ints(ends, 2).reals(slopes(c), c.heads).run(2)[0];
    }

    private static double[] doubles(float[] floats) {
        double[] doubles = new double[floats.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }

    /** Runs append and attention in steps of {@code chunk} tokens, blocks in descending order. */
    private float[] paged(Case c, float[] q, float[] k, float[] v, int blockSize, int chunk) {
        int tokens = q.length / (c.heads * c.dim);
        int blocks = Math.ceilDiv(tokens, blockSize);
        try (Executable executable = load(c, blockSize, tokens, blocks); Caches caches = executable.caches(blocks + 1);
            Workspace workspace = executable.workspace(caches)) {
            int[] table = new int[blocks];
            Arrays.setAll(table, b -> blocks - b);
            float[] result = new float[tokens * c.heads * c.valueDim];
            for (int start = 0; start < tokens; start += chunk) {
                int size = Math.min(chunk, tokens - start);
                int[] slots = new int[size];
                for (int t = 0; t < size; t++) {
                    slots[t] = table[(start + t) / blockSize] * blockSize + (start + t) % blockSize;
                }
                workspace.setReals("q", part(q, start, size, c.heads * c.dim), size, c.heads, c.dim);
                workspace.setReals("k", part(k, start, size, c.kvHeads * c.dim), size, c.kvHeads, c.dim);
                workspace.setReals("v", part(v, start, size, c.kvHeads * c.valueDim), size, c.kvHeads, c.valueDim);
                workspace.setInts("slots", slots, size);
                workspace.setInts("tables", table, 1, blocks);
                workspace.setInts("lengths", new int[] {start + size}, 1);
                workspace.setInts("offsets", new int[] {0, size}, 2);
                workspace.run();
                float[] y = new float[size * c.heads * c.valueDim];
                workspace.readReals("y", y);
                System.arraycopy(y, 0, result, start * c.heads * c.valueDim, y.length);
            }
            return result;
        }
    }

    private static float[] part(float[] all, int start, int size, int width) {
        return Arrays.copyOfRange(all, start * width, (start + size) * width);
    }

    private Executable load(Case c, int blockSize, int tokens, int blocks) {
        GraphBuilder g = new GraphBuilder(Operations.core());
        Dim t = Dim.bounded("tokens", tokens);
        Value cache = g.cache(new Type.CacheType("layer", c.kvHeads, c.dim, c.valueDim, blockSize));
        Value written = g.kvAppend(cache, g.input("k", Type.f32(t, Dim.of(c.kvHeads), Dim.of(c.dim))),
            g.input("v", Type.f32(t, Dim.of(c.kvHeads), Dim.of(c.valueDim))), g.input("slots", Type.i32(t)));
        double[] slopes = slopes(c);
        g.output("y", g.pagedAttention(g.input("q", Type.f32(t, Dim.of(c.heads), Dim.of(c.dim))), written,
            g.input("tables", Type.i32(Dim.of(1), Dim.of(blocks))), g.input("lengths", Type.i32(Dim.of(1))),
            g.input("offsets", Type.i32(Dim.of(2))), g.constant(dev.transom.graph.Shape.of(slopes.length), slopes), c.mask));
        CpuBackend backend = new CpuBackend(Operations.core());
        backend.addProvider(new VectorKernels(true));
        return backend.load(backend.plan(g.build(), TypePlan.uniform(Format.F32), PlanOptions.EXACT.withThreads(2)), new NoParameters());
    }

    private static final class NoParameters implements ParameterStore {

        @Override
        public long version() {
            return 0;
        }

        @Override
        public Optional<StoredTensor> find(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<Format> format(String name) {
            return Optional.empty();
        }
    }
}
