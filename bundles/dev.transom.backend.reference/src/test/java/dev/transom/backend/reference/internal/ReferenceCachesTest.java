package dev.transom.backend.reference.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.transom.api.backend.Caches;
import dev.transom.api.backend.Executable;
import dev.transom.api.backend.PlanOptions;
import dev.transom.api.backend.PlanOptions.Numerics;
import dev.transom.api.backend.Workspace;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.ParameterStore;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.api.tensor.TypePlan;
import dev.transom.graph.AttentionMask;
import dev.transom.graph.CounterRandom;
import dev.transom.graph.Dim;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.Operations;
import dev.transom.graph.Shape;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One attention layer of two heads of 3 over blocks of 2 positions; queries, keys and values are the input itself. */
class ReferenceCachesTest {

    private static final int HEADS = 2;
    private static final int DIM = 3;
    private static final int WIDTH = HEADS * DIM;
    private static final int BLOCK = 2;
    private static final int TABLE = 4;

    private final Executable cached = load(true);

    @Test
    void stepsThroughACacheEqualOnePass() {
        double[] x = random(7, 1);
        double[] whole = onePass(x);
        try (Caches caches = cached.caches(8)) {
            double[] steps = new double[0];
            steps = join(steps, step(caches, new int[] {5, 0, 3, 1}, x, 0, 4));
            steps = join(steps, step(caches, new int[] {5, 0, 3, 1}, x, 4, 4));
            steps = join(steps, step(caches, new int[] {5, 0, 3, 1}, x, 4, 5));
            steps = join(steps, step(caches, new int[] {5, 0, 3, 1}, x, 5, 7));
            assertArrayEquals(whole, steps, 1e-14);
        }
    }

    @Test
    void aForkSharesFullBlocksAndCopiesTheLast() {
        double[] first = random(5, 1);
        double[] second = join(Arrays.copyOf(first, 3 * WIDTH), random(2, 2));
        try (Caches caches = cached.caches(8)) {
            step(caches, new int[] {0, 1, 2, 0}, first, 0, 3);
            caches.copy(1, 6); // position 2 lies in block 1, which the fork will write
            double[] left = step(caches, new int[] {0, 1, 2, 0}, first, 3, 5);
            double[] right = step(caches, new int[] {0, 6, 7, 0}, second, 3, 5);
            assertArrayEquals(tail(onePass(first), 2), left, 1e-14);
            assertArrayEquals(tail(onePass(second), 2), right, 1e-14);
        }
    }

    @Test
    void aTruncatedRowForgetsWhatWasBehind() {
        double[] first = random(5, 1);
        double[] second = join(Arrays.copyOf(first, 3 * WIDTH), random(2, 2));
        try (Caches caches = cached.caches(4)) {
            step(caches, new int[] {0, 1, 2, 3}, first, 0, 5);
            assertArrayEquals(tail(onePass(second), 2), step(caches, new int[] {0, 1, 2, 3}, second, 3, 5), 1e-14);
        }
    }

    @Test
    void anExportedBlockComesBackInAnotherCache() {
        double[] x = random(3, 1);
        try (Caches from = cached.caches(4); Caches to = cached.caches(4)) {
            step(from, new int[] {0, 1, 2, 3}, x, 0, 2);
            float[] block = from.exportBlock(0);
            assertEquals(BLOCK * 2 * WIDTH, block.length);
            to.importBlock(2, block);
            assertArrayEquals(block, to.exportBlock(2));
            assertNotEquals(0, block[0]);
            // what went through float32 agrees to float32
            assertArrayEquals(tail(onePass(x), 1), step(to, new int[] {2, 1, 0, 3}, x, 2, 3), 1e-6);
        }
    }

    @Test
    void refusesABlockThatItLacks() {
        try (Caches caches = cached.caches(4)) {
            var error = assertThrows(IllegalArgumentException.class, () -> caches.copy(0, 4));
            assertEquals("cache: a block must be one of 4; got 4.", error.getMessage());
        }
    }

    /** Positions {@code from} (inclusive) to {@code to} (exclusive) of one row, whose earlier positions are cached. */
    private double[] step(Caches caches, int[] blocks, double[] x, int from, int to) {
        try (Workspace workspace = cached.workspace(caches)) {
            int tokens = to - from;
            workspace.setReals("x", Arrays.copyOfRange(x, from * WIDTH, to * WIDTH), tokens, HEADS, DIM);
            workspace.setInts("slots",
                IntStream.range(from, to).map(p -> blocks[p / BLOCK] * BLOCK + p % BLOCK).toArray(), tokens);
            workspace.setInts("tables", blocks, 1, TABLE);
            workspace.setInts("lengths", new int[] {to}, 1);
            workspace.setInts("offsets", new int[] {0, tokens}, 2);
            workspace.run();
            return read(workspace);
        }
    }

    private static double[] onePass(double[] x) {
        int tokens = x.length / WIDTH;
        try (Workspace workspace = load(false).workspace(null)) {
            workspace.setReals("x", x, tokens, HEADS, DIM);
            workspace.setInts("offsets", new int[] {0, tokens}, 2);
            workspace.run();
            return read(workspace);
        }
    }

    private static double[] read(Workspace workspace) {
        double[] y = new double[Arrays.stream(workspace.shape("y")).reduce(1, (a, b) -> a * b)];
        workspace.readReals("y", y);
        return y;
    }

    private static Executable load(boolean withCache) {
        GraphBuilder g = new GraphBuilder(Operations.core());
        Dim tokens = Dim.bounded("tokens", 16);
        Dim rows = Dim.bounded("rows", 1);
        Value x = g.input("x", Type.f32(tokens, Dim.of(HEADS), Dim.of(DIM)));
        Value offsets = g.input("offsets", Type.i32(rows.plus(Dim.of(1))));
        Value slopes = g.constant(Shape.of(Dim.of(HEADS)), 0.1, 0.2);
        AttentionMask mask = AttentionMask.causal(0.6);
        if (withCache) {
            Value cache = g.kvAppend(g.cache(new Type.CacheType("self", HEADS, DIM, DIM, BLOCK)), x, x,
                g.input("slots", Type.i32(tokens)));
            g.output("y", g.pagedAttention(x, cache, g.input("tables", Type.i32(rows, Dim.of(TABLE))),
                g.input("lengths", Type.i32(rows)), offsets, slopes, mask));
        } else {
            g.output("y", g.attention(x, x, x, offsets, offsets, slopes, mask));
        }
        ReferenceBackend backend = new ReferenceBackend(Operations.core());
        return backend.load(backend.plan(g.build(), TypePlan.uniform(Format.F32),
            new PlanOptions(Numerics.EXACT, true, 0)), NOTHING);
    }

    private static double[] random(int tokens, int stream) {
        return IntStream.range(0, tokens * WIDTH).mapToDouble(i -> 2 * CounterRandom.uniform(1, stream, 0, i) - 1).toArray();
    }

    private static double[] join(double[] a, double[] b) {
        double[] joined = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, joined, a.length, b.length);
        return joined;
    }

    private static double[] tail(double[] x, int tokens) {
        return Arrays.copyOfRange(x, x.length - tokens * WIDTH, x.length);
    }

    private static final ParameterStore NOTHING = new ParameterStore() {
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
    };
}
