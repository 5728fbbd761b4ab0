package dev.transom.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GraphBuilderTest {

    private static final Dim TOKENS = Dim.bounded("tokens", 512);
    private final GraphBuilder g = new GraphBuilder(Operations.core());

    @Test
    void refusalNamesThePlaceTheRuleAndBothTypes() {
        Value x = g.input("x", Type.f32(TOKENS, Dim.of(4096)));
        Value w = g.parameter("w", Type.f32(Dim.of(4608), Dim.of(4096)));
        GraphException e = assertThrows(GraphException.class, () -> {
            try (var _ = g.scope("layers.3"); var _ = g.scope("attn.q")) {
                g.matmul(x, w, false, false);
            }
        });
        assertEquals("matmul at layers.3.attn.q: last axis of x must equal first axis of w; "
            + "got x F32[tokens≤512, 4096], w F32[4608, 4096].", e.getMessage());
    }

    @Test
    void scopesCloseInOrder() {
        try (var _ = g.scope("a")) {
            try (var _ = g.scope("b")) {
                assertEquals("a.b.w", g.path("w"));
            }
            assertEquals("a.w", g.path("w"));
        }
        assertEquals("w", g.path("w"));
    }

    @Test
    void sharesAParameterAskedForTwice() {
        Type.TensorType type = Type.f32(Dim.of(3));
        assertEquals(g.parameter("w", type), g.parameter("w", type));
        GraphException e = assertThrows(GraphException.class, () -> g.parameter("w", Type.f32(Dim.of(4))));
        assertEquals("parameter w: one name must mean one type; got F32[3] and F32[4].", e.getMessage());
    }

    @Test
    void anInputAndAParameterMayShareAName() {
        g.output("y", g.add(g.input("w", Type.f32(Dim.of(3))), g.parameter("w", Type.f32(Dim.of(3)))));
        assertEquals(1, g.build().inputs().size());
        assertEquals(1, g.build().parameters().size());
    }

    @Test
    void refusesAnUnknownOperation() {
        GraphException e = assertThrows(GraphException.class, () -> g.unary("cube", g.input("x", Type.f32(TOKENS))));
        assertEquals("operation cube: a bundle with the capability dev.transom.operation; name=cube must be installed; none is.",
            e.getMessage());
    }

    @Test
    void refusesAnOutputNamedTwice() {
        Value x = g.input("x", Type.f32(TOKENS));
        g.output("y", x);
        GraphException e = assertThrows(GraphException.class, () -> g.output("y", x));
        assertEquals("output y: names must differ; got it twice.", e.getMessage());
    }

    @Test
    void dropsWhatNoOutputNeeds() {
        Value x = g.input("x", Type.f32(TOKENS));
        g.gelu(g.input("unused", Type.f32(TOKENS)));
        g.output("y", g.silu(x));
        assertEquals(List.of("input", "silu"), g.build().nodes().stream().map(Node::operation).toList());
    }

    @Test
    void keepsSomeOutputsAlone() {
        Value x = g.input("x", Type.f32(TOKENS));
        g.output("y", g.silu(x));
        g.output("z", g.gelu(x));
        Graph built = g.build();
        assertEquals(List.of("input", "gelu"), built.keeping(List.of("z")).nodes().stream().map(Node::operation).toList());
        assertEquals(Set.of("z"), built.keeping(List.of("z")).outputs().keySet());
        assertEquals("output a: it must be one of the graph's; got [y, z].", message(() -> built.keeping(List.of("a"))));
    }

    @Test
    void goesOnWithAGraphBuiltBefore() {
        Value w = g.parameter("w", Type.f32(Dim.of(3)));
        g.output("y", g.silu(w));
        GraphBuilder more = new GraphBuilder(Operations.core(), g.build());
        more.output("z", more.mul(more.parameter("w", Type.f32(Dim.of(3))), g.build().outputs().get("y")));
        assertEquals(List.of("parameter", "silu", "mul"), more.build().nodes().stream().map(Node::operation).toList());
    }

    @Test
    void attributesRefuseAnotherKind() {
        Attributes attributes = Attributes.of("axis", 1, "eps", 1e-5, "shape", new long[] {1L << 40, 2});
        assertEquals("attribute eps must be an integer; got 1.0E-5.", message(() -> attributes.integer("eps")));
        assertEquals("attribute axis must be a real; got 1.", message(() -> attributes.real("axis")));
        assertEquals("attribute shape must be a list of reals; got 1099511627776 in it.", message(() -> attributes.reals("shape")));
        assertEquals("attribute scale is required; got [axis, eps, shape].", message(() -> attributes.real("scale")));
        assertEquals("attribute axis must fit 32 bits; got 1099511627776.",
            message(() -> attributes.with("axis", 1L << 40).int32("axis")));
    }

    private static String message(org.junit.jupiter.api.function.Executable refused) {
        return assertThrows(GraphException.class, refused).getMessage();
    }
}
