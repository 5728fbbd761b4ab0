package dev.transom.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AutodiffTest {

    private final GraphBuilder g = new GraphBuilder(Operations.core());
    private final Map<String, HostTensor> given = new HashMap<>();

    private Value parameter(String name, double... elements) {
        given.put(name, HostTensor.ofReals(elements, elements.length));
        return g.parameter(name, Type.f32(Dim.of(elements.length)));
    }

    private double[] gradient(Value loss, Value of) {
        g.output("gradient", Autodiff.gradients(g, loss, List.of(of)).getFirst());
        return new ReferenceRun(g.build(), Operations.core(), Precision.FLOAT64).run(given, Map.of()).get("gradient").reals();
    }

    @Test
    void sumsTheGradientsOfAllUses() {
        Value x = parameter("x", 2, 3);
        // d(x² + 4x + x·x)/dx = 2x + 4 + 2x
        Value loss = g.sumAll(g.add(g.add(g.unary("square", x), g.scale(x, 4)), g.mul(x, x)));
        assertArrayEquals(new double[] {12, 16}, gradient(loss, x));
    }

    @Test
    void followsTheChain() {
        Value x = parameter("x", 0.5);
        // d tanh(x²)/dx = 2x·(1 − tanh²(x²))
        double t = Math.tanh(0.25);
        assertArrayEquals(new double[] {1 - t * t}, gradient(g.sumAll(g.unary("tanh", g.unary("square", x))), x), 1e-15);
    }

    @Test
    void differentiatesByAValueInTheMiddle() {
        Value x = parameter("x", 2);
        Value y = g.unary("square", x);
        assertArrayEquals(new double[] {8}, gradient(g.sumAll(g.unary("square", y)), y));
    }

    @Test
    void givesNullWhereTheLossDoesNotDepend() {
        Value x = parameter("x", 2);
        Value other = parameter("other", 2);
        assertNull(Autodiff.gradients(g, g.sumAll(x), List.of(other)).getFirst());
    }

    @Test
    void emitsNothingForWhatIsNotWanted() {
        Value x = parameter("x", 1, 2);
        Value w = parameter("w", 3, 4);
        g.output("dw", Autodiff.gradients(g, g.sumAll(g.mul(g.gelu(x), w)), List.of(w)).getFirst());
        assertEquals(0, g.build().nodes().stream().filter(node -> node.operation().equals("gelu_backward")).count());
    }

    @Test
    void refusesALossThatIsNoScalar() {
        Value x = parameter("x", 1, 2);
        GraphException e = assertThrows(GraphException.class, () -> Autodiff.gradients(g, x, List.of(x)));
        assertEquals("autodiff: the loss must be a scalar []; got F32[2].", e.getMessage());
    }

    @Test
    void refusesALossBehindAnOperationWithoutGradient() {
        Value x = parameter("x", 1, 2);
        Value loss = g.sumAll(g.op("gelu_backward", Attributes.NONE, x, x));
        GraphException e = assertThrows(GraphException.class, () -> Autodiff.gradients(g, loss, List.of(x)));
        assertEquals("operation gelu_backward: it has no gradient; a loss depends on it. Use it outside training.", e.getMessage());
    }

    @Test
    void extendsAGraphByTheGradientsOfNamedParameters() {
        Value x = parameter("x", 1, 2);
        Value w = parameter("w", 3, 4);
        g.output("loss", g.sumAll(g.mul(x, w)));
        Graph extended = Autodiff.withGradients(Operations.core(), g.build(), Set.of("w"));
        assertEquals(List.of("loss", "grad.w"), List.copyOf(extended.outputs().keySet()));
        assertArrayEquals(new double[] {1, 2},
            new ReferenceRun(extended, Operations.core(), Precision.FLOAT64).run(given, Map.of()).get("grad.w").reals());
    }
}
