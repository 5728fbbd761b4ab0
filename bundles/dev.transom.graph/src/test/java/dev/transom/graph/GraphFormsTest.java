package dev.transom.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GraphFormsTest {

    private static Graph small() {
        GraphBuilder g = new GraphBuilder(Operations.core());
        Value x = g.input("x", Type.f32(Dim.bounded("tokens", 512), Dim.of(3)));
        try (GraphBuilder.Scope _ = g.scope("layers.0")) {
            x = g.add(g.linear(x, g.parameter("w", Type.f32(Dim.of(3), Dim.of(3)))), g.constant(Shape.of(3), 1, 2, 3));
        }
        g.output("y", x);
        return g.build();
    }

    private static Graph withCache() {
        GraphBuilder g = new GraphBuilder(Operations.core());
        g.output("cache", g.cache(new Type.CacheType("layers.0.self", 2, 3, 5, 4)));
        g.output("ids", g.input("ids", Type.i32(Dim.bounded("tokens", 8))));
        return g.build();
    }

    @Test
    void textHasOneLineForEachNode() {
        assertEquals("""
            %0 = input x : F32[tokens≤512, 3]
            %1 = parameter w : F32[3, 3]
            %2 = matmul(%0, %1) {transpose_a=false, transpose_b=true} at layers.0 : F32[tokens≤512, 3]
            %3 = constant layers.0 {values=[1.0, 2.0, 3.0]} : F32[3]
            %4 = add(%2, %3) at layers.0 : F32[tokens≤512, 3]
            output y = %4
            """, GraphText.print(small()));
    }

    @Test
    void textShortensLongLists() {
        GraphBuilder g = new GraphBuilder(Operations.core());
        Value ten = g.constant(Shape.of(10), new double[10]);
        assertEquals("%0 = constant {values=[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, … 10 in all]} : F32[10]", GraphText.print(g.node(ten)));
    }

    @Test
    void drawingQuotesNames() {
        GraphBuilder g = new GraphBuilder(Operations.core());
        g.output("a \"b\"", g.gelu(g.input("x", Type.f32(Dim.of(1)))));
        assertEquals("""
            digraph transom {
              node [fontname="sans-serif", fontsize=10];
              edge [fontname="sans-serif", fontsize=8];
              n0 [shape=ellipse, label="x"];
              n1 [shape=box, label="gelu"];
              n0 -> n1 [label="F32[1]"];
              out0 [shape=ellipse, label="a \\"b\\""];
              n1 -> out0 [label="F32[1]"];
            }
            """, GraphDot.print(g.build()));
    }

    @Test
    void bytesGiveTheSameGraphBack() {
        for (long seed = 0; seed < 100; seed++) {
            Graph graph = RandomGraphs.graph(seed);
            Graph back = GraphBinary.read(GraphBinary.write(graph), Operations.core());
            assertEquals(graph, back);
            assertEquals(List.copyOf(graph.outputs().keySet()), List.copyOf(back.outputs().keySet()));
            assertArrayEquals(GraphBinary.write(graph), GraphBinary.write(back));
        }
        assertEquals(withCache(), GraphBinary.read(GraphBinary.write(withCache())));
    }

    @Test
    void fingerprintTellsGraphsApart() {
        assertEquals(64, small().fingerprint().length());
        assertEquals(small().fingerprint(), small().fingerprint());
        assertNotEquals(small().fingerprint(), withCache().fingerprint());
    }

    @Test
    void refusesEveryTruncation() {
        byte[] whole = GraphBinary.write(small());
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThrows(GraphException.class, () -> GraphBinary.read(part));
        }
    }

    @Test
    void refusesOrReadsEveryCorruption() {
        Random random = new Random(5);
        for (Graph graph : List.of(small(), withCache(), RandomGraphs.graph(3))) {
            byte[] whole = GraphBinary.write(graph);
            for (int i = 0; i < 20_000; i++) {
                byte[] hostile = whole.clone();
                for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                    hostile[random.nextInt(hostile.length)] = (byte) random.nextInt(256);
                }
                try {
                    GraphBinary.read(hostile, Operations.core());
                } catch (GraphException refusal) {
                    assertEquals('.', refusal.getMessage().charAt(refusal.getMessage().length() - 1));
                }
            }
        }
    }

    @Test
    void refusesACountThatTheFileCannotHold() {
        byte[] bytes = {'T', 'G', 'R', 'F', 0, 0, 0, 1, 0x7f, -1, -1, -1};
        GraphException e = assertThrows(GraphException.class, () -> GraphBinary.read(bytes));
        assertEquals("graph file: a count must not exceed what 0 bytes can hold; got 2147483647.", e.getMessage());
    }

    @Test
    void refusesAnotherVersion() {
        byte[] bytes = GraphBinary.write(small());
        bytes[7] = 2;
        GraphException e = assertThrows(GraphException.class, () -> GraphBinary.read(bytes));
        assertEquals("graph file: its version must be 1; got 2.", e.getMessage());
    }

    @Test
    void refusesTypesThatAreNotTheOperations() {
        Graph graph = small();
        Node last = graph.nodes().getLast();
        List<Node> nodes = new java.util.ArrayList<>(graph.nodes());
        nodes.set(4, new Node(4, last.operation(), 1, last.name(), last.attributes(), last.inputs(), List.of(Type.f32(Dim.of(1)))));
        byte[] bytes = GraphBinary.write(new Graph(nodes, java.util.Map.of("y", nodes.get(4).output())));
        GraphException e = assertThrows(GraphException.class, () -> GraphBinary.read(bytes, Operations.core()));
        assertEquals("graph file: node %4 add: its types must be those of its operation, [F32[tokens≤512, 3]]; got [F32[1]].",
            e.getMessage());
    }
}
