package dev.transom.backend.cpu.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.transom.api.TransomException;
import dev.transom.api.backend.Executable;
import dev.transom.api.backend.PlanOptions;
import dev.transom.api.backend.Workspace;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.ParameterStore;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.api.tensor.TypePlan;
import dev.transom.graph.Dim;
import dev.transom.graph.Graph;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.GraphException;
import dev.transom.graph.Operations;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CpuBackendTest {

    private static final Dim TOKENS = Dim.bounded("tokens", 4);

    private final GraphBuilder g = new GraphBuilder(Operations.core());
    private final CpuBackend backend = new CpuBackend(Operations.core());
    private final Store store = new Store();

    @Test
    void runsAGraphAtActualSizes() {
        try (Workspace workspace = load(linear()).workspace(null)) {
            workspace.setReals("x", new float[] {1, 2, 3, 4}, 2, 2);
            workspace.run();
            assertArrayEquals(new int[] {2, 3}, workspace.shape("y"));
            float[] y = new float[6];
            workspace.readReals("y", y);
            assertArrayEquals(new float[] {1, 2, 3, 3, 4, 7}, y);
            workspace.setReals("x", new float[] {5, 6}, 1, 2);
            workspace.run();
            workspace.readReals("y", y);
            assertArrayEquals(new float[] {5, 6, 11, 3, 4, 7}, y);
        }
    }

    @Test
    void reusesMemoryThatNobodyReadsAnyMore() {
        Value x = g.input("x", Type.f32(Dim.of(1000)));
        for (int i = 0; i < 10; i++) {
            x = g.scale(x, 2);
        }
        g.output("y", x);
        Graph graph = g.build();
        long bytes = backend.plan(graph, TypePlan.uniform(Format.F32), PlanOptions.EXACT).activationBytes();
        assertEquals(3 * 4096, bytes, 256);
        try (Workspace workspace = load(graph).workspace(null)) {
            float[] ones = new float[1000];
            java.util.Arrays.fill(ones, 1);
            workspace.setReals("x", ones, 1000);
            workspace.run();
            workspace.readReals("y", ones);
            assertEquals(1024, ones[999]);
        }
    }

    @Test
    void namesAMissingParameter() {
        Graph graph = linear();
        store.tensors.clear();
        TransomException e = assertThrows(TransomException.class, () -> load(graph));
        assertEquals("parameter w: the model must have a tensor F32[3, 2] for it; none came."
            + " Use a complete checkpoint of this architecture.", e.getMessage());
    }

    @Test
    void namesBothShapesOfAParameterThatDoesNotFit() {
        Graph graph = linear();
        store.put("w", new float[4], 2L, 2L);
        TransomException e = assertThrows(TransomException.class, () -> load(graph));
        assertEquals("parameter w: its tensor must have the shape [3, 2]; the model has [2, 2] (w)."
            + " Use the config.json that belongs to these weights.", e.getMessage());
    }

    @Test
    void refusesASizeAboveTheBound() {
        try (Workspace workspace = load(linear()).workspace(null)) {
            GraphException e = assertThrows(GraphException.class, () -> workspace.setReals("x", new float[10], 5, 2));
            assertEquals("input x: a tensor must fit its declared type F32[tokens≤4, 2]; got F32[5, 2] of 10 elements.",
                e.getMessage());
        }
    }

    @Test
    void seesWhatAnOptimiserWrote() {
        try (Workspace workspace = load(linear()).workspace(null)) {
            workspace.setReals("x", new float[] {1, 2}, 1, 2);
            workspace.run();
            store.put("w", new float[] {0, 1, 1, 0, 0, 0}, 3L, 2L);
            workspace.run();
            float[] y = new float[3];
            workspace.readReals("y", y);
            assertArrayEquals(new float[] {2, 1, 0}, y);
        }
    }

    @Test
    void failsInTheCallerAndGoesOn() {
        Value table = g.parameter("w", Type.f32(Dim.of(3), Dim.of(2)));
        g.output("y", g.gather(table, g.input("ids", Type.i32(TOKENS))));
        store.put("w", new float[] {1, 2, 3, 4, 5, 6}, 3L, 2L);
        try (Workspace workspace = load(g.build()).workspace(null)) {
            workspace.setInts("ids", new int[] {3}, 1);
            assertThrows(GraphException.class, workspace::run);
            workspace.setInts("ids", new int[] {2}, 1);
            workspace.run();
            float[] y = new float[2];
            workspace.readReals("y", y);
            assertArrayEquals(new float[] {5, 6}, y);
        }
    }

    private Graph linear() {
        Value x = g.input("x", Type.f32(TOKENS, Dim.of(2)));
        Value w = g.parameter("w", Type.f32(Dim.of(3), Dim.of(2)));
        g.output("y", g.reshape(g.linear(x, w), 0, 3));
        store.put("w", new float[] {1, 0, 0, 1, 1, 1}, 3L, 2L);
        return g.build();
    }

    private Executable load(Graph graph) {
        return backend.load(backend.plan(graph, TypePlan.uniform(Format.F32), PlanOptions.EXACT.withThreads(2)), store);
    }

    private static final class Store implements ParameterStore {

        private final Map<String, StoredTensor> tensors = new HashMap<>();
        private long version;

        void put(String name, float[] values, Long... shape) {
            MemorySegment data = Arena.ofAuto().allocate(4L * values.length, 4);
            MemorySegment.copy(values, 0, data, ValueLayout.JAVA_FLOAT, 0, values.length);
            tensors.put(name, new StoredTensor(name, Format.F32, List.of(shape), data));
            version++;
        }

        @Override
        public long version() {
            return version;
        }

        @Override
        public Optional<StoredTensor> find(String name) {
            return Optional.ofNullable(tensors.get(name));
        }

        @Override
        public Optional<Format> format(String name) {
            return find(name).map(StoredTensor::format);
        }
    }
}
