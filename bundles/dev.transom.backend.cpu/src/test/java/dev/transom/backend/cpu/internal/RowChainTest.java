package dev.transom.backend.cpu.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.backend.PlanOptions;
import dev.transom.api.backend.Workspace;
import dev.transom.api.kernel.Kernel;
import dev.transom.api.kernel.KernelArguments;
import dev.transom.api.kernel.KernelProvider;
import dev.transom.api.kernel.KernelRequest;
import dev.transom.api.kernel.Threads;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.ParameterStore;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.api.tensor.TypePlan;
import dev.transom.graph.Dim;
import dev.transom.graph.Graph;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.Operations;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class RowChainTest {

    private static final int ROWS = 1000;
    private static final int WIDTH = 96;

    /** Rows of each call. */
    private final Set<Integer> seen = ConcurrentHashMap.newKeySet();

    @Test
    void runsBlocksOfRowsThroughAllMembersWithTheSameResult() {
        GraphBuilder g = new GraphBuilder(Operations.core());
        Value x = g.input("x", Type.f32(Dim.bounded("tokens", ROWS), Dim.of(WIDTH)));
        Value b = g.parameter("b", Type.f32(Dim.of(WIDTH)));
        Value first = g.add(x, b);
        Value second = g.mul(first, first);
        Value third = g.add(second, x);
        g.output("y", g.add(g.mul(third, first), b));
        float[] y = run(g.build(), ROWS);
        for (int i = 0; i < y.length; i++) {
            float biased = i % 7 + i % WIDTH;
            assertEquals((biased * biased + i % 7) * biased + i % WIDTH, y[i]);
        }
        assertTrue(seen.stream().allMatch(rows -> rows < ROWS / 2), seen::toString);
    }

    @Test
    void leavesFewRowsTogether() {
        GraphBuilder g = new GraphBuilder(Operations.core());
        Value x = g.input("x", Type.f32(Dim.bounded("tokens", ROWS), Dim.of(WIDTH)));
        g.output("y", g.mul(g.add(x, g.parameter("b", Type.f32(Dim.of(WIDTH)))), x));
        assertEquals(6 * (6 + 6), run(g.build(), 3)[6]);
        assertEquals(Set.of(3), seen);
    }

    private float[] run(Graph graph, int rows) {
        CpuBackend backend = new CpuBackend(Operations.core());
        backend.addProvider(new Plain());
        float[] x = new float[rows * WIDTH];
        for (int i = 0; i < x.length; i++) {
            x[i] = i % 7;
        }
        try (Arena arena = Arena.ofConfined();
                var executable = backend.load(backend.plan(graph, TypePlan.uniform(Format.F32), PlanOptions.EXACT.withThreads(2)),
                    new Counting(arena));
                Workspace workspace = executable.workspace(null)) {
            workspace.setReals("x", x, rows, WIDTH);
            workspace.run();
            workspace.readReals("y", x);
        }
        return x;
    }

    /** A parameter b = 0, 1, 2, … */
    private record Counting(StoredTensor tensor) implements ParameterStore {

        Counting(Arena arena) {
            this(new StoredTensor("b", Format.F32, List.of((long) WIDTH), arena.allocate(ValueLayout.JAVA_FLOAT, WIDTH)));
            for (int i = 0; i < WIDTH; i++) {
                tensor.data().setAtIndex(ValueLayout.JAVA_FLOAT, i, i);
            }
        }

        @Override
        public long version() {
            return 0;
        }

        @Override
        public Optional<StoredTensor> find(String name) {
            return Optional.of(tensor);
        }

        @Override
        public Optional<Format> format(String name) {
            return Optional.of(Format.F32);
        }
    }

    private final class Plain implements KernelProvider {

        @Override
        public String name() {
            return "plain";
        }

        @Override
        public int preference() {
            return 1;
        }

        @Override
        public Optional<Kernel> kernel(KernelRequest request) {
            return Optional.of(new Loop(request.node().operation().equals("mul")));
        }
    }

    private final class Loop implements Kernel {

        private final boolean multiplies;

        Loop(boolean multiplies) {
            this.multiplies = multiplies;
        }

        @Override
        public void run(KernelArguments arguments, Threads threads) {
            seen.add(arguments.outputDim(0, 0));
            for (long i = 0; i < arguments.outputElements(0); i++) {
                float a = arguments.memory().get(ValueLayout.JAVA_FLOAT, arguments.inputAddress(0) + 4 * i);
                float b = arguments.memory().get(ValueLayout.JAVA_FLOAT, arguments.inputAddress(1) + 4 * (i % arguments.elements(1)));
                arguments.memory().set(ValueLayout.JAVA_FLOAT, arguments.outputAddress(0) + 4 * i, multiplies ? a * b : a + b);
            }
        }
    }
}
