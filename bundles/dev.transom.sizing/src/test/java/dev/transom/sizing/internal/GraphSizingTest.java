package dev.transom.sizing.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.GraphRequest.Limits;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.backend.Backend;
import dev.transom.api.backend.Backends;
import dev.transom.api.backend.Device;
import dev.transom.api.backend.Executable;
import dev.transom.api.backend.Plan;
import dev.transom.api.backend.PlanOptions;
import dev.transom.api.config.Config;
import dev.transom.api.sizing.MemoryHolder;
import dev.transom.api.sizing.MemoryHolder.Holding;
import dev.transom.api.sizing.Sizing.Estimate;
import dev.transom.api.sizing.Sizing.ModelSize;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.ParameterStore;
import dev.transom.api.tensor.TypePlan;
import dev.transom.graph.Graph;
import dev.transom.graph.Operations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GraphSizingTest {

    private static final Operations OPERATIONS = Operations.core();

    @Test
    void countsADecoderOnceForTiedParametersAndWithItsOutputProjection() {
        ModelSize size = sizing(new HostMemory(1 << 20, 1 << 20)).size(tiny("tiny"));
        assertEquals(TinyArchitecture.PARAMETERS, size.parameters());
        // Two layers of one key-value head with 4 elements of K and 4 of V.
        assertEquals(2 * 8, size.cacheElements());
        assertEquals(2.0 * (2 * TinyArchitecture.LAYER_MATRICES + 256), size.flopsPerToken());
        // Two layers of two heads: 2·4 for the score and 2·4 for the value.
        assertEquals(2.0 * 2 * (8 + 8), size.flopsPerPosition());
    }

    @Test
    void countsAnEncoderWithItsDefaultHeadAndWithoutCache() {
        ModelSize size = sizing(new HostMemory(1 << 20, 1 << 20)).size(tiny("tiny-encoder"));
        assertEquals(TinyArchitecture.PARAMETERS + TinyArchitecture.POOLER, size.parameters());
        assertEquals(0, size.cacheElements());
        assertEquals(2.0 * (2 * TinyArchitecture.LAYER_MATRICES + TinyArchitecture.POOLER), size.flopsPerToken());
    }

    @Test
    void estimatesWholeBlocksOfCacheAndTheRuleOfThumbBeside() {
        Estimate estimate = estimate(sizing(new HostMemory(1 << 20, 1 << 20)), 17);
        long weights = 2L * TinyArchitecture.PARAMETERS;
        // 17 positions lie in two blocks of 16 with 16 elements of 4 bytes for each position.
        assertEquals(new Estimate(weights, 10, 2 * 16 * 16 * 4, 1000, 100, (long) (1.2 * weights), 5 * weights, 1 << 20),
            estimate);
        assertEquals(weights + 10 + 2048 + 1000 + 100, estimate.total());
    }

    @Test
    void leavesWhatTheProcessHasPromisedAlready() {
        MemoryHolder holder = () -> List.of(new Holding("one", 100, 20), new Holding("other", 1000, 200));
        // The limit loses all that is held; what is free has lost allocated memory already.
        assertEquals(5000 - 1320, estimate(sizing(new HostMemory(5000, 5000), holder), 1).available());
        assertEquals(2000 - 1100, estimate(sizing(new HostMemory(5000, 2000), holder), 1).available());
        assertEquals(0, estimate(sizing(new HostMemory(5000, 700), holder), 1).available());
    }

    @Test
    void acceptsWhatFitsToTheByteAndRefusesOneByteMore() {
        long total = estimate(sizing(new HostMemory(1 << 20, 1 << 20)), 16).total();
        GraphSizing exact = sizing(new HostMemory(total, total));
        exact.requireFit("model m", estimate(exact, 16));
        GraphSizing less = sizing(new HostMemory(total - 1, total));
        assertEquals(1, estimate(less, 16).shortfall());
        assertEquals("model m: it must fit the 5,517 bytes of memory that are left; it takes 5,518, which is 1 bytes more"
            + " (weights 2,384, repacked weights 10, cache 2,024, activations 1,000, workspace 100)."
            + " Ask for at most 99 % of the positions (a shorter context, or fewer rows), or end other programs.",
            assertThrows(TransomException.class, () -> less.requireFit("model m",
                new Estimate(2384, 10, 2024, 1000, 100, 0, 0, 5517))).getMessage());
    }

    @Test
    void namesTheCureThatHelps() {
        assertTrue(refusal(new Estimate(100, 0, 50, 20, 0, 0, 0, 110)).endsWith(
            "Ask for fewer tokens of a step and a shorter context, or end other programs."));
        assertTrue(refusal(new Estimate(100, 0, 50, 20, 0, 0, 0, 90)).endsWith(
            "choose a smaller model, weights stored in fewer bits, or a machine with more memory."));
    }

    private static String refusal(Estimate estimate) {
        return Refusal.sentence("model m", estimate);
    }

    private static ModelDefinition tiny(String type) {
        return new TinyArchitecture().define(new Config("config.json", Map.of("model_type", type)));
    }

    private static Estimate estimate(GraphSizing sizing, int positions) {
        return sizing.estimate(tiny("tiny"), GraphRequest.generation(new Limits(8, 1, 4, 16, 0)),
            TypePlan.uniform(Format.BF16), "cpu", positions);
    }

    private static GraphSizing sizing(HostMemory memory, MemoryHolder... holders) {
        return new GraphSizing(OPERATIONS, new OneBackend(), () -> memory, List.of(holders));
    }

    /** Plans fixed figures beside weights and cache. */
    private static final class OneBackend implements Backends, Backend {

        @Override
        public Backend choose(Optional<String> name, Graph graph) {
            return this;
        }

        @Override
        public String name() {
            return "cpu";
        }

        @Override
        public int preference() {
            return 0;
        }

        @Override
        public List<Device> devices() {
            return List.of(new Device("cpu", "", 1 << 20, 1));
        }

        @Override
        public List<String> unsupported(Graph graph) {
            return List.of();
        }

        @Override
        public Plan plan(Graph graph, TypePlan types, PlanOptions options) {
            return new Plan(graph, types, options, 2 * LearnedNumbers.count(graph, Map.of()), 10, 1000, 100, 4 * 16 * 16);
        }

        @Override
        public Executable load(Plan plan, ParameterStore parameters) {
            throw new UnsupportedOperationException();
        }
    }
}
