package dev.transom.kernels.vector.internal;

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
import dev.transom.graph.Attributes;
import dev.transom.graph.ElementType;
import dev.transom.graph.Graph;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.Node;
import dev.transom.graph.Operations;
import dev.transom.graph.Shape;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/**
 * Times kernels inside the executor: {@code KernelBenchmark [THREADS [REPS [NAME…]]]}. Prints for each case the median and the best run;
 * one thread is timed by the processor time that it took, so that a busy machine disturbs little. Run by hand, peers beside it.
 */
public final class KernelBenchmark {

    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
    private static final int TOKENS = 512;
    private static final int WIDTH = 2048;

    /** One case: its name, its unit, what one run amounts to in it (times 1e9), and its graph. */
    private record Case(String name, String unit, double amount, Format format, Function<GraphBuilder, Value> graph) {
    }

    private KernelBenchmark() {
    }

    public static void main(String[] arguments) {
        int threads = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2;
        int reps = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 25;
        List<String> names = List.of(arguments).subList(Math.min(2, arguments.length), arguments.length);
        for (Case c : cases()) {
            if (names.isEmpty() || names.stream().anyMatch(c.name()::contains)) {
                time(c, threads, reps);
            }
        }
    }

    private static List<Case> cases() {
        double products = 2.0 * TOKENS * WIDTH * WIDTH;
        return List.of(
            new Case("matmul x.W^T", "GFLOP/s", products, Format.F32, g -> g.linear(x(g, TOKENS, WIDTH), w(g, WIDTH, WIDTH))),
            new Case("matmul x.W", "GFLOP/s", products, Format.F32,
                g -> g.matmul(x(g, TOKENS, WIDTH), w(g, WIDTH, WIDTH), false, false)),
            new Case("matmul x^T.dy", "GFLOP/s", products, Format.F32,
                g -> g.matmul(x(g, TOKENS, WIDTH), g.input("dy", f32(TOKENS, WIDTH)), true, false)),
            new Case("matmul x.W^T bf16", "GFLOP/s", products, Format.BF16,
                g -> g.linear(x(g, TOKENS, WIDTH), w(g, WIDTH, WIDTH))),
            new Case("matmul x.W^T 64 tokens", "GFLOP/s", products / 8, Format.F32,
                g -> g.linear(x(g, TOKENS / 8, WIDTH), w(g, WIDTH, WIDTH))),
            new Case("matmul x.W^T 2048x384x1536", "GFLOP/s", 2.0 * 2048 * 384 * 1536, Format.F32,
                g -> g.linear(x(g, 2048, 384), w(g, 1536, 384))),
            new Case("matmul x.W 2048x384x1536", "GFLOP/s", 2.0 * 2048 * 384 * 1536, Format.F32,
                g -> g.matmul(x(g, 2048, 384), w(g, 384, 1536), false, false)),
            new Case("matmul x^T.dy 2048x384x1536", "GFLOP/s", 2.0 * 2048 * 384 * 1536, Format.F32,
                g -> g.matmul(x(g, 2048, 384), g.input("dy", f32(2048, 1536)), true, false)),
            new Case("matvec F32", "GB/s", 4.0 * 32000 * WIDTH, Format.F32, g -> g.linear(x(g, 1, WIDTH), w(g, 32000, WIDTH))),
            new Case("matvec BF16", "GB/s", 2.0 * 32000 * WIDTH, Format.BF16, g -> g.linear(x(g, 1, WIDTH), w(g, 32000, WIDTH))),
            new Case("matvec F16", "GB/s", 2.0 * 32000 * WIDTH, Format.F16, g -> g.linear(x(g, 1, WIDTH), w(g, 32000, WIDTH))),
            new Case("matvec x.W F32", "GB/s", 4.0 * 32000 * WIDTH, Format.F32,
                g -> g.matmul(x(g, 1, WIDTH), w(g, WIDTH, 32000), false, false)),
            new Case("attention causal 8x256, 6 heads of 64", "GFLOP/s", 4.0 * 8 * 256 * 256 * 6 * 64 / 2, Format.F32,
                g -> attention(g, 8, 256, 6, 64, AttentionMask.causal(0.125))),
            new Case("attention 32x128, 12 heads of 32", "GFLOP/s", 4.0 * 32 * 128 * 128 * 12 * 32, Format.F32,
                g -> attention(g, 32, 128, 12, 32, AttentionMask.bidirectional(0.17))),
            new Case("gelu", "G elements/s", 4096 * 1536, Format.F32, g -> g.gelu(x(g, 4096, 1536))),
            new Case("gelu_tanh", "G elements/s", 4096 * 1536, Format.F32, g -> g.unary("gelu_tanh", x(g, 4096, 1536))),
            new Case("gelu_backward", "G elements/s", 4096 * 1536, Format.F32, g -> {
                Value x = x(g, 4096, 1536);
                return g.op("gelu_backward", Attributes.NONE, x, x);
            }),
            new Case("silu", "G elements/s", 4096 * 1536, Format.F32, g -> g.silu(x(g, 4096, 1536))),
            new Case("layer_norm", "G elements/s", 4096 * 384, Format.F32,
                g -> g.layerNorm(x(g, 4096, 384), vector(g, "scale", 384), vector(g, "shift", 384), 1e-5)),
            new Case("rms_norm", "G elements/s", 4096 * 384, Format.F32, g -> g.rmsNorm(x(g, 4096, 384), vector(g, "scale", 384), 1e-5)),
            new Case("softmax", "G elements/s", 512 * 8192, Format.F32, g -> g.softmax(x(g, 512, 8192))),
            new Case("add a row", "G elements/s", 4096 * 1536, Format.F32,
                g -> g.add(x(g, 4096, 1536), vector(g, "shift", 1536))));
    }

    private static Type.TensorType f32(long... sizes) {
        return Type.f32(Shape.of(sizes));
    }

    private static Value x(GraphBuilder g, long rows, long columns) {
        return g.input("x", f32(rows, columns));
    }

    private static Value vector(GraphBuilder g, String name, long size) {
        return g.input(name, f32(size));
    }

    private static Value w(GraphBuilder g, long rows, long columns) {
        return g.parameter("w", f32(rows, columns));
    }

    private static Value attention(GraphBuilder g, int rows, int tokens, int heads, int dim, AttentionMask mask) {
        Type.TensorType type = f32(rows * (long) tokens, heads, dim);
        Value offsets = g.input("offsets " + tokens, new Type.TensorType(ElementType.I32, Shape.of(rows + 1L)));
        return g.attention(g.input("q", type), g.input("k", type), g.input("v", type), offsets, offsets,
            g.constant(Shape.of(heads), new double[heads]), mask);
    }

    private static void time(Case c, int threads, int reps) {
        GraphBuilder g = new GraphBuilder(Operations.core());
        g.output("y", c.graph().apply(g));
        Graph graph = g.build();
        CpuBackend backend = new CpuBackend(Operations.core());
        backend.addProvider(new VectorKernels(true));
        try (Arena arena = Arena.ofShared();
            Executable executable = backend.load(backend.plan(graph, TypePlan.uniform(c.format()),
                PlanOptions.EXACT.withThreads(threads)), new RandomParameters(graph, c.format(), arena));
            Workspace workspace = executable.workspace((Caches) null)) {
            graph.inputs().forEach(node -> fill(workspace, node));
            double[] seconds = new double[reps];
            for (int i = -reps / 2; i < reps; i++) {
                long start = threads == 1 ? CLOCK.getCurrentThreadCpuTime() : System.nanoTime();
                workspace.run();
                long end = threads == 1 ? CLOCK.getCurrentThreadCpuTime() : System.nanoTime();
                seconds[Math.max(0, i)] = (end - start) / 1e9;
            }
            Arrays.sort(seconds);
            System.out.printf(Locale.ROOT, "%-42s %8.1f median %8.1f best %s%n", c.name(), c.amount() / seconds[reps / 2] / 1e9,
                c.amount() / seconds[0] / 1e9, c.unit());
        }
    }

    private static void fill(Workspace workspace, Node node) {
        Type.TensorType type = (Type.TensorType) node.types().getFirst();
        int[] shape = Arrays.stream(type.shape().maxSizes()).mapToInt(Math::toIntExact).toArray();
        if (type.element() == ElementType.I32) {
            int tokens = Integer.parseInt(node.name().substring(node.name().indexOf(' ') + 1));
            int[] offsets = new int[shape[0]];
            Arrays.setAll(offsets, r -> r * tokens);
            workspace.setInts(node.name(), offsets, shape);
            return;
        }
        Random random = new Random(1);
        float[] reals = new float[Math.toIntExact(type.shape().maxElements())];
        for (int i = 0; i < reals.length; i++) {
            reals[i] = (float) random.nextGaussian();
        }
        workspace.setReals(node.name(), reals, shape);
    }

    private record RandomParameters(Graph graph, Format format, Arena arena) implements ParameterStore {

        @Override
        public long version() {
            return 0;
        }

        @Override
        public Optional<StoredTensor> find(String name) {
            Type.TensorType type = (Type.TensorType) graph.parameters().stream().filter(node -> node.name().equals(name))
                .findFirst().orElseThrow().types().getFirst();
            long elements = type.shape().maxElements();
            MemorySegment data = arena.allocate(format.bytes(elements), 64);
            Random random = new Random(2);
            for (long i = 0; i < elements; i++) {
                float value = random.nextFloat() - 0.5f;
                switch (format.name()) {
                    case "F32" -> data.setAtIndex(ValueLayout.JAVA_FLOAT, i, value);
                    case "F16" -> data.setAtIndex(ValueLayout.JAVA_SHORT, i, Float.floatToFloat16(value));
                    default -> data.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) (Float.floatToRawIntBits(value) >>> 16));
                }
            }
            return Optional.of(new StoredTensor(name, format, Arrays.stream(type.shape().maxSizes()).boxed().toList(), data));
        }

        @Override
        public Optional<Format> format(String name) {
            return Optional.of(format);
        }
    }
}
