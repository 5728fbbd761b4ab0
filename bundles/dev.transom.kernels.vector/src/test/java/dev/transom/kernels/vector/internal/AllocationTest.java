package dev.transom.kernels.vector.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
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
import dev.transom.graph.Graph;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.Operations;
import dev.transom.graph.Shape;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A decoded token allocates nothing: neither in the thread that asks for it nor in the pool, once its code is compiled. */
class AllocationTest {

    private static final int HIDDEN = 64;
    private static final int VOCABULARY = 96;
    private static final int BLOCK_SIZE = 16;
    private static final int BLOCKS = 4;
    /** Steps that must pass without an allocation. */
    private static final int STRETCH = 200;
    /** The compiler may take its time on a busy machine. */
    private static final long PATIENCE_NANOS = 120_000_000_000L;

    private final ThreadMXBean clock = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Map<String, StoredTensor> parameters = new HashMap<>();
    private final int[] id = {7};
    private final int[] position = {0};
    private final int[] length = {0};
    private final int[] table = {0, 1, 2, 3};
    private final int[] offsets = {0, 1};
    private final int[] one = {1};
    private final int[] two = {2};
    private final int[] tableShape = {1, BLOCKS};
    private final float[] frequencies = {1, .5f, .2f, .1f, .05f, .02f, .01f, .005f};
    private final int[] frequencyShape = {1, 8};
    private final float[] logits = new float[VOCABULARY];

    @ParameterizedTest
    @ValueSource(strings = {"F32", "BF16", "F16"})
    void aDecodedTokenAllocatesNothing(String format) {
        Format stored = switch (format) {
            case "F32" -> Format.F32;
            case "BF16" -> Format.BF16;
            default -> Format.F16;
        };
        CpuBackend backend = new CpuBackend(Operations.core());
        backend.addProvider(new VectorKernels());
        try (Arena arena = Arena.ofShared()) {
            Graph graph = decoder();
            fill(graph, stored, arena);
            try (Executable executable = backend.load(backend.plan(graph, TypePlan.uniform(stored), PlanOptions.EXACT.withThreads(2)),
                new Store()); Caches caches = executable.caches(BLOCKS); Workspace workspace = executable.workspace(caches)) {
                assertEquals(0, leastAllocated(workspace), "bytes allocated in " + STRETCH + " steps");
            }
        }
    }

    /** The fewest bytes that all threads of the pool allocated in a stretch of steps. */
    private long leastAllocated(Workspace workspace) {
        long[] threads = Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread == Thread.currentThread() || thread.getName().startsWith("transom-cpu-"))
            .mapToLong(Thread::threadId).toArray();
        long least = Long.MAX_VALUE;
        long start = System.nanoTime();
        while (least > 0 && System.nanoTime() - start < PATIENCE_NANOS) {
            long before = allocated(threads);
            for (int i = 0; i < STRETCH; i++) {
                step(workspace, i % (BLOCK_SIZE * BLOCKS));
            }
            least = Math.min(least, allocated(threads) - before);
        }
        return least;
    }

    private long allocated(long[] threads) {
        long sum = 0;
        for (long thread : threads) {
            sum += clock.getThreadAllocatedBytes(thread);
        }
        return sum;
    }

    private void step(Workspace workspace, int at) {
        position[0] = at;
        length[0] = at + 1;
        workspace.setInts("ids", id, one);
        workspace.setInts("positions", position, one);
        workspace.setInts("slots", position, one);
        workspace.setReals("frequencies", frequencies, frequencyShape);
        workspace.setInts("tables", table, tableShape);
        workspace.setInts("lengths", length, one);
        workspace.setInts("offsets", offsets, two);
        workspace.run();
        workspace.readReals("logits", logits);
    }

    /** One layer of a Llama with a fused product of queries, keys and values. */
    private static Graph decoder() {
        GraphBuilder g = new GraphBuilder(Operations.core());
        Dim tokens = Dim.bounded("tokens", 8);
        Dim rows = Dim.bounded("rows", 2);
        Value positions = g.input("positions", Type.i32(tokens));
        Value offsets = g.input("offsets", Type.i32(Dim.bounded("rows+1", 3)));
        Value embedding = g.parameter("embedding", Type.f32(Shape.of(VOCABULARY, HIDDEN)));
        Value x = g.gather(embedding, g.input("ids", Type.i32(tokens)));
        Value h = g.rmsNorm(x, g.parameter("norm", Type.f32(Shape.of(HIDDEN))), 1e-5);
        Value[] qkv = g.split(g.linear(h, g.parameter("qkv", Type.f32(Shape.of(3 * HIDDEN, HIDDEN)))), 3);
        Value turns = g.ropeTable(positions, g.input("frequencies", Type.f32(rows, Dim.of(8))), offsets, 1);
        Value cache = g.kvAppend(g.cache(new Type.CacheType("layer", 4, 16, 16, BLOCK_SIZE)),
            g.rope(g.splitHeads(qkv[1], 4), turns, "halves"),
            g.splitHeads(qkv[2], 4), g.input("slots", Type.i32(tokens)));
        Value attended = g.pagedAttention(g.rope(g.splitHeads(qkv[0], 4), turns, "interleaved"), cache, g.input("tables", Type.i32(rows, Dim.of(BLOCKS))),
            g.input("lengths", Type.i32(rows)), offsets, g.constant(Shape.of(4), new double[4]), AttentionMask.causal(0.25));
        Value y = g.add(g.linear(g.joinHeads(attended), g.parameter("o", Type.f32(Shape.of(HIDDEN, HIDDEN)))),
            g.parameter("bias", Type.f32(Shape.of(HIDDEN))));
        y = g.add(x, y);
        Value up = g.linear(y, g.parameter("up", Type.f32(Shape.of(2 * HIDDEN, HIDDEN))));
        Value gate = g.silu(g.linear(y, g.parameter("gate", Type.f32(Shape.of(2 * HIDDEN, HIDDEN)))));
        y = g.add(y, g.gelu(g.linear(g.mul(gate, up), g.parameter("down", Type.f32(Shape.of(HIDDEN, 2 * HIDDEN))))));
        g.output("logits", g.linear(y, embedding));
        return g.build();
    }

    private void fill(Graph graph, Format format, Arena arena) {
        Random random = new Random(3);
        graph.parameters().forEach(node -> {
            long[] shape = ((Type.TensorType) node.types().getFirst()).shape().maxSizes();
            long elements = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
            MemorySegment data = arena.allocate(format.bytes(elements), 64);
            for (long i = 0; i < elements; i++) {
                float value = (float) random.nextGaussian() / 8;
                switch (format.name()) {
                    case "F32" -> data.setAtIndex(ValueLayout.JAVA_FLOAT, i, value);
                    case "F16" -> data.setAtIndex(ValueLayout.JAVA_SHORT, i, Float.floatToFloat16(value));
                    default -> data.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) (Float.floatToRawIntBits(value) >>> 16));
                }
            }
            parameters.put(node.name(), new StoredTensor(node.name(), format, Arrays.stream(shape).boxed().toList(), data));
        });
    }

    private final class Store implements ParameterStore {

        @Override
        public long version() {
            return 0;
        }

        @Override
        public Optional<StoredTensor> find(String name) {
            return Optional.ofNullable(parameters.get(name));
        }

        @Override
        public Optional<Format> format(String name) {
            return find(name).map(StoredTensor::format);
        }
    }
}
