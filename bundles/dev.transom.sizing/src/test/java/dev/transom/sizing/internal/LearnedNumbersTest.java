package dev.transom.sizing.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.transom.api.tensor.Binding;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.Operations;
import dev.transom.graph.Shape;
import dev.transom.graph.Type;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LearnedNumbersTest {

    private final GraphBuilder g = new GraphBuilder(Operations.core());

    @Test
    void aTensorOfWhichOnlyAPartIsUsedCountsWhole() {
        parameter("position", 512, 8);
        assertEquals(514 * 8, count(Map.of("position", new Binding.Slice(Binding.stored("p"), 0, 2, 514))));
    }

    @Test
    void partsOfOneTensorCountOnce() {
        parameter("q", 4, 6);
        parameter("k", 4, 6);
        parameter("v", 4, 6);
        Binding fused = new Binding.Permute(Binding.stored("qkv"), List.of(1, 0));
        assertEquals(12 * 6, count(Map.of("q", new Binding.Slice(fused, 0, 0, 4), "k", new Binding.Slice(fused, 0, 4, 8),
            "v", new Binding.Slice(fused, 0, 8, 12))));
    }

    @Test
    void tiedParametersCountOnceAndStackedPartsEach() {
        parameter("embedding", 10, 4);
        parameter("head", 10, 4);
        parameter("experts", 2, 3, 5);
        assertEquals(40 + 30, count(Map.of("embedding", Binding.stored("e"), "head", Binding.stored("e"), "experts",
            new Binding.Stack(List.of(Binding.stored("a"), Binding.stored("b"))))));
    }

    @Test
    void whatFollowsFromNoBindingCountsAsItself() {
        parameter("joined", 6, 4);
        parameter("reshaped", 8);
        parameter("free", 3);
        assertEquals(24 + 8 + 3, count(Map.of("joined", new Binding.Concat(0, List.of(Binding.stored("a"), Binding.stored("b"))),
            "reshaped", new Binding.Reshape(Binding.stored("r"), List.of(8L)))));
    }

    private void parameter(String name, long... sizes) {
        g.output(name, g.parameter(name, Type.f32(Shape.of(sizes))));
    }

    private long count(Map<String, Binding> bindings) {
        return LearnedNumbers.count(g.build(), bindings);
    }
}
