package dev.transom.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.backend.Plan;
import dev.transom.api.backend.PlanOptions;
import dev.transom.api.sizing.MemoryHolder.Holding;
import dev.transom.api.sizing.Sizing;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.TypePlan;
import dev.transom.graph.Graph;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EngineMemoryTest {

    private static final Plan PLAN = new Plan(new Graph(List.of(), Map.of()), TypePlan.uniform(Format.F32), PlanOptions.EXACT,
        1000, 200, 30, 4, 50);

    private final EngineMemory memory = new EngineMemory();
    private final Sizing sizing = new Room();

    @Test
    void holdsWeightsAsMappedAndTheRestAsAllocatedUntilItEndsOnce() {
        Runnable first = memory.hold("a", Optional.empty(), PLAN, "cpu", 3, 16);
        Runnable second = memory.hold("a", Optional.empty(), PLAN, "cpu", 3, 16);
        Holding one = new Holding("a", 1000, 200 + 3 * 50 + 30 + 4);
        assertEquals(List.of(one, one), memory.holdings());
        first.run();
        first.run();
        assertEquals(List.of(one), memory.holdings());
        second.run();
        assertEquals(List.of(), memory.holdings());
    }

    @Test
    void refusesWhatSizingRefusesAndHoldsNothingForIt() {
        Runnable first = memory.hold("a", Optional.of(sizing), PLAN, "cpu", 2, 16);
        assertEquals("b does not fit: 1 held, 32 positions", assertThrows(TransomException.class,
            () -> memory.hold("b", Optional.of(sizing), PLAN, "cpu", 2, 16)).getMessage());
        assertEquals(1, memory.holdings().size());
        first.run();
        memory.hold("b", Optional.of(sizing), PLAN, "cpu", 2, 16);
    }

    /** Room for one engine. */
    private final class Room implements Sizing {

        @Override
        public ModelSize size(ModelDefinition definition) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Estimate estimate(ModelDefinition definition, GraphRequest request, TypePlan types, String backend,
                int positions) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Estimate estimate(Plan plan, String backend, long cachedPositions) {
            return new Estimate(1, 0, cachedPositions, 0, 0, 0, 0, memory.holdings().isEmpty() ? 100 : 0);
        }

        @Override
        public void requireFit(String what, Estimate estimate) {
            if (!estimate.fits()) {
                throw new TransomException(what + " does not fit: " + memory.holdings().size() + " held, " + estimate.cache()
                    + " positions");
            }
        }
    }
}
