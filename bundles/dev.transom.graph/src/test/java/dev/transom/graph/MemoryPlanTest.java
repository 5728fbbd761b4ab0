package dev.transom.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import java.util.stream.LongStream;

class MemoryPlanTest {

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    /**
     * Replays the graph and remembers who wrote each byte last: every node must still find its inputs there, and outputs at the end.
     */
    @ParameterizedTest
    @MethodSource("seeds")
    void noNodeFindsItsInputOverwritten(long seed) {
        Graph graph = RandomGraphs.graph(seed);
        MemoryPlan plan = MemoryPlan.of(graph);
        Map<Value, Value> original = new HashMap<>();
        Value[] lines = new Value[(int) (plan.bytes() / MemoryPlan.ALIGNMENT)];
        for (Node node : graph.nodes()) {
            node.inputs().forEach(input -> assertIntact(plan, original, lines, input));
            for (int i = 0; i < node.types().size(); i++) {
                Value made = node.output(i);
                boolean alias = node.operation().equals("reshape");
                original.put(made, alias ? original.get(node.inputs().getFirst()) : made);
                if (!alias && plan.places().containsKey(made)) {
                    write(plan.places().get(made), lines, made);
                }
            }
        }
        graph.outputs().values().forEach(output -> assertIntact(plan, original, lines, output));
    }

    private static void write(MemoryPlan.Place place, Value[] lines, Value made) {
        for (long at = place.offset(); at < place.offset() + place.bytes(); at += MemoryPlan.ALIGNMENT) {
            lines[(int) (at / MemoryPlan.ALIGNMENT)] = made;
        }
    }

    private static void assertIntact(MemoryPlan plan, Map<Value, Value> original, Value[] lines, Value read) {
        MemoryPlan.Place place = plan.places().get(read);
        for (long at = place == null ? 0 : place.offset(); place != null && at < place.offset() + place.bytes();
                at += MemoryPlan.ALIGNMENT) {
            assertEquals(original.get(read), lines[(int) (at / MemoryPlan.ALIGNMENT)], "at byte " + at);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noTwoLivingValuesOverlap(long seed) {
        List<MemoryPlan.Place> places = new ArrayList<>(new HashSet<>(MemoryPlan.of(RandomGraphs.graph(seed)).places().values()));
        for (int i = 0; i < places.size(); i++) {
            for (int j = i + 1; j < places.size(); j++) {
                MemoryPlan.Place a = places.get(i);
                MemoryPlan.Place b = places.get(j);
                assertFalse(a.meets(b) && a.overlaps(b), () -> a + " and " + b);
            }
        }
    }

    @Test
    void aChainNeedsTwoValues() {
        GraphBuilder g = new GraphBuilder(Operations.core());
        Value x = g.input("x", Type.f32(Dim.bounded("tokens", 4), Dim.of(16)));
        for (int i = 0; i < 10; i++) {
            x = g.gelu(x);
        }
        g.output("y", x);
        MemoryPlan plan = MemoryPlan.of(g.build());
        assertEquals(2 * 4 * 16 * 4, plan.bytes());
        assertEquals(plan.floorBytes(), plan.bytes());
    }

    @Test
    void actualSizesNeedLess() {
        GraphBuilder g = new GraphBuilder(Operations.core());
        g.output("y", g.gelu(g.input("x", Type.f32(Dim.bounded("tokens", 4), Dim.of(16)))));
        assertEquals(16 * 4, MemoryPlan.of(g.build(), dim -> dim instanceof Dim.Bounded ? 1 : dim.max()).bytes());
    }

    @Test
    void aReshapeIsAnAliasThatKeepsItsOriginalAlive() {
        GraphBuilder g = new GraphBuilder(Operations.core());
        Value a = g.gelu(g.input("x", Type.f32(Dim.of(4), Dim.of(16))));
        Value alias = g.reshape(a, 64);
        Value between = g.silu(g.silu(g.input("z", Type.f32(Dim.of(4), Dim.of(16)))));
        Value y = g.add(g.reshape(between, 64), alias);
        g.output("y", y);
        MemoryPlan plan = MemoryPlan.of(g.build());
        Set<MemoryPlan.Place> places = new HashSet<>(plan.places().values());
        assertEquals(4, places.size());
        assertEquals(6, plan.places().size());
        assertTrue(plan.bytes() >= 3 * 256, "gelu, silu and its input live together");
    }

    @Test
    void anAliasOfAnInputLiesOutside() {
        GraphBuilder g = new GraphBuilder(Operations.core());
        g.output("y", g.reshape(g.input("x", Type.f32(Dim.of(4), Dim.of(16))), 64));
        assertEquals(new MemoryPlan(0, 0, Map.of()), MemoryPlan.of(g.build()));
    }

    @Test
    void anAppendedCacheTakesNoPlace() {
        GraphBuilder g = new GraphBuilder(Operations.core());
        Dim tokens = Dim.bounded("tokens", 4);
        Value cache = g.cache(new Type.CacheType("layers.0.self", 1, 16, 16, 4));
        Value k = g.gelu(g.input("k", Type.f32(tokens, Dim.of(1), Dim.of(16))));
        Value appended = g.kvAppend(cache, k, k, g.input("slots", Type.i32(tokens)));
        g.output("cache", appended);
        MemoryPlan plan = MemoryPlan.of(g.build());
        assertEquals(1, plan.places().size());
        assertEquals(4 * 16 * 4, plan.bytes());
    }

    @Test
    void isCloseToTheFloor() {
        long bytes = 0;
        long floor = 0;
        for (long seed = 0; seed < 200; seed++) {
            MemoryPlan plan = MemoryPlan.of(RandomGraphs.graph(seed));
            bytes += plan.bytes();
            floor += plan.floorBytes();
            assertTrue(plan.bytes() >= plan.floorBytes());
        }
        assertTrue(bytes <= 1.1 * floor, bytes + " bytes, floor " + floor);
    }
}
