package dev.transom.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.tensor.Binding;
import dev.transom.graph.Graph;
import dev.transom.graph.Operations;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class RopeFrequenciesTest {

    private int asked;

    @Test
    void findsWhereFrequenciesChange() {
        for (int border : new int[] {1, 2, 31, 999, 1000}) {
            assertEquals(border, of(length -> length > border ? 2 : 1).stable());
        }
    }

    @Test
    void asksOnlyWhereTheLengthMatters() {
        RopeFrequencies twoClasses = of(length -> length > 40 ? 2 : 1);
        asked = 0;
        assertEquals(1, at(twoClasses, 40));
        assertEquals(2, at(twoClasses, 41));
        assertEquals(2, at(twoClasses, 1000));
        assertEquals(0, asked);
        RopeFrequencies dynamic = of(length -> Math.max(40, length));
        asked = 0;
        assertEquals(40, at(dynamic, 40));
        assertEquals(0, asked);
        assertEquals(77, at(dynamic, 77));
        assertEquals(1, asked);
    }

    @Test
    void aRowTurnsWhereASecondSetOfFrequenciesBegins() {
        assertEquals(40, of(length -> length > 40 ? 2 : 1).turn());
        assertEquals(Integer.MAX_VALUE, of(_ -> 1).turn());
        assertEquals(Integer.MAX_VALUE, of(length -> Math.max(40, length)).turn());
        assertEquals(Integer.MAX_VALUE, of(_ -> null).turn());
    }

    @Test
    void aModelWithoutRopeHasNone() {
        assertEquals(0, of(_ -> null).half());
    }

    private static double at(RopeFrequencies rope, int length) {
        double[] row = new double[3];
        rope.copy(length, row, 2);
        return row[2];
    }

    private RopeFrequencies of(IntFunction<Integer> frequency) {
        return new RopeFrequencies(new ModelDefinition() {
            @Override
            public ModelFacts facts() {
                throw new AssertionError();
            }

            @Override
            public Graph graph(Operations operations, GraphRequest request) {
                throw new AssertionError();
            }

            @Override
            public Map<String, Binding> bindings(Set<String> stored) {
                throw new AssertionError();
            }

            @Override
            public Optional<double[]> ropeFrequencies(int length) {
                asked++;
                return Optional.ofNullable(frequency.apply(length)).map(value -> new double[] {value});
            }
        }, 1000);
    }
}
