package dev.transom.backend.reference.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.transom.api.TransomException;
import dev.transom.api.backend.PlanOptions;
import dev.transom.api.backend.PlanOptions.Numerics;
import dev.transom.api.backend.Workspace;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.ParameterStore;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.api.tensor.TypePlan;
import dev.transom.graph.Attributes;
import dev.transom.graph.Dim;
import dev.transom.graph.Graph;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.Operations;
import dev.transom.graph.Type;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReferenceBackendTest {

    private static final Dim TOKENS = Dim.bounded("tokens", 4);
    private static final PlanOptions FLOAT64 = new PlanOptions(Numerics.EXACT, true, 0);

    private final ReferenceBackend backend = new ReferenceBackend(Operations.core());
    private final Store store = new Store();

    @Test
    void roundsInFloat32AndKeepsAllDigitsInFloat64() {
        Graph graph = scaled();
        double[] y = new double[1];
        for (PlanOptions options : List.of(PlanOptions.EXACT, FLOAT64)) {
            try (Workspace workspace = backend.load(backend.plan(graph, TypePlan.uniform(Format.F32), options),
                    store).workspace(null)) {
                workspace.setReals("x", new double[] {0.1}, 1, 1);
                workspace.run();
                workspace.readReals("y", y);
                assertEquals(options.float64() ? 0.1 * 3 : (float) ((float) 0.1 * 3.0), y[0]);
                assertArrayEquals(new int[] {1, 1}, workspace.shape("y"));
            }
        }
    }

    @Test
    void readsParametersAgainWhenTheStoreHasChanged() {
        try (Workspace workspace = backend.load(backend.plan(scaled(), TypePlan.uniform(Format.F32), FLOAT64),
                store).workspace(null)) {
            workspace.setReals("x", new float[] {1}, 1, 1);
            store.put("w", 5, 1, 1);
            workspace.run();
            double[] y = new double[1];
            workspace.readReals("y", y);
            assertEquals(5, y[0]);
        }
    }

    @Test
    void countsBytesAsItHoldsThem() {
        GraphBuilder g = new GraphBuilder(Operations.core());
        var x = g.linear(g.input("x", Type.f32(TOKENS, Dim.of(2))), g.parameter("w", Type.f32(Dim.of(3), Dim.of(2))));
        g.output("y", g.gelu(x));
        var plan = backend.plan(g.build(), TypePlan.uniform(Format.BF16), PlanOptions.EXACT);
        assertEquals(3 * 2 * 2, plan.weightBytes());
        assertEquals(3 * 2 * 8, plan.repackedBytes());
        // two values of 4 × 3, each 48 bytes of F32 in places of 64, held twice as wide
        assertEquals(2 * (64 + 64), plan.activationBytes());
        assertEquals(0, plan.cacheBlockBytes());
    }

    @Test
    void namesOperationsThatNobodyBrings() {
        Graph graph = scaled();
        assertEquals(List.of(), backend.unsupported(graph));
        assertEquals(List.of("matmul"), new ReferenceBackend(Operations.of(List.of())).unsupported(graph));
    }

    @Test
    void namesAParameterOfOtherShape() {
        store.put("w", 1, 2, 1);
        var error = assertThrows(TransomException.class,
            () -> backend.load(backend.plan(scaled(), TypePlan.uniform(Format.F32), FLOAT64), store));
        assertEquals("parameter w: its tensor must have the shape [1, 1]; the model has [2, 1] (w)."
            + " Use the config.json that belongs to these weights.", error.getMessage());
    }

    @Test
    void namesInputsThatTheGraphHas() {
        try (Workspace workspace = backend.load(backend.plan(scaled(), TypePlan.uniform(Format.F32), FLOAT64),
                store).workspace(null)) {
            var error = assertThrows(IllegalArgumentException.class, () -> workspace.setInts("z", new int[1], 1));
            assertEquals("input z: the graph must have it; it has [x].", error.getMessage());
        }
    }

    private Graph scaled() {
        store.tensors.computeIfAbsent("w", _ -> store.tensor("w", 3, 1, 1));
        GraphBuilder g = new GraphBuilder(Operations.core());
        g.output("y", g.op("matmul", Attributes.of("transpose_a", false, "transpose_b", true),
            g.input("x", Type.f32(TOKENS, Dim.of(1))), g.parameter("w", Type.f32(Dim.of(1), Dim.of(1)))));
        return g.build();
    }

    /** F32 tensors whose elements all have one value. */
    private static final class Store implements ParameterStore {

        private final Map<String, StoredTensor> tensors = new java.util.HashMap<>();
        private long version;

        void put(String name, float value, long... shape) {
            tensors.put(name, tensor(name, value, shape));
            version++;
        }

        StoredTensor tensor(String name, float value, long... shape) {
            List<Long> sizes = java.util.Arrays.stream(shape).boxed().toList();
            float[] elements = new float[sizes.stream().reduce(1L, (a, b) -> a * b).intValue()];
            java.util.Arrays.fill(elements, value);
            return new StoredTensor(name, Format.F32, sizes, MemorySegment.ofArray(elements));
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
