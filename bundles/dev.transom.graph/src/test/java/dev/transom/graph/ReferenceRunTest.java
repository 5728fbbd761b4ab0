package dev.transom.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ReferenceRunTest {

    private static final Dim TOKENS = Dim.bounded("tokens", 4);

    private final GraphBuilder g = new GraphBuilder(Operations.core());
    private final Value x = g.input("x", Type.f32(TOKENS, Dim.of(2)));

    private static HostTensor weight() {
        return HostTensor.ofReals(new double[] {1, 0.1}, 2);
    }

    @Test
    void runsAtActualSizes() {
        // mean square (9 + 16)/2 = 12.5; y = x/sqrt(12.5)·w = 3/3.535534, 0.4/3.535534
        Map<String, HostTensor> y = normGraph(Precision.FLOAT64, HostTensor.ofReals(new double[] {3, 4}, 1, 2));
        assertArrayEquals(new long[] {1, 2}, y.get("y").shape());
        assertArrayEquals(new double[] {0.848528137423857, 0.113137084989848}, y.get("y").reals(), 1e-14);
    }

    @Test
    void runsWithNoTokens() {
        HostTensor y = normGraph(Precision.FLOAT64, HostTensor.ofReals(new double[0], 0, 2)).get("y");
        assertArrayEquals(new long[] {0, 2}, y.shape());
    }

    @Test
    void roundsInputsParametersAndResultsToFloat32() {
        double[] y = normGraph(Precision.FLOAT32, HostTensor.ofReals(new double[] {3, 4}, 1, 2)).get("y").reals();
        assertEquals((float) (4 * (1 / Math.sqrt(12.5)) * (double) 0.1f), y[1]);
    }

    @Test
    void refusesASizeAboveTheBound() {
        GraphException e = assertThrows(GraphException.class,
            () -> normGraph(Precision.FLOAT64, HostTensor.ofReals(new double[10], 5, 2)));
        assertEquals("input x: a tensor must fit its declared type F32[tokens≤4, 2]; got F32[5, 2].", e.getMessage());
    }

    @Test
    void refusesTwoSizesOfOneDimension() {
        Value other = g.input("other", Type.f32(TOKENS));
        g.output("other", other);
        GraphException e = assertThrows(GraphException.class, () -> {
            g.output("x", x);
            new ReferenceRun(g.build(), Operations.core(), Precision.FLOAT64).run(
                Map.of("x", HostTensor.ofReals(new double[4], 2, 2), "other", HostTensor.ofReals(new double[3], 3)), Map.of());
        });
        assertEquals("input other: dimension tokens must have one size in one run; got 2 and 3.", e.getMessage());
    }

    @Test
    void refusesAMissingTensor() {
        g.output("x", x);
        GraphException e = assertThrows(GraphException.class,
            () -> new ReferenceRun(g.build(), Operations.core(), Precision.FLOAT64).run(Map.of(), Map.of()));
        assertEquals("input x: a tensor F32[tokens≤4, 2] must be given; got [].", e.getMessage());
    }

    private Map<String, HostTensor> normGraph(Precision precision, HostTensor actual) {
        Value w = g.parameter("w", Type.f32(Dim.of(2)));
        g.output("y", g.rmsNorm(x, w, 0));
        return new ReferenceRun(g.build(), Operations.core(), precision).run(Map.of("x", actual, "w", weight()), Map.of());
    }
}
