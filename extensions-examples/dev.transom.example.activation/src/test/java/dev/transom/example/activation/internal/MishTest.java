package dev.transom.example.activation.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.transom.conformance.operation.OperationCase;
import dev.transom.conformance.operation.OperationKit;
import dev.transom.conformance.operation.OperationReport;
import dev.transom.graph.Dim;
import dev.transom.graph.Graph;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.GraphException;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Operations;
import dev.transom.graph.Precision;
import dev.transom.graph.ReferenceRun;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MishTest {

    private static final Type.TensorType X = Type.f32(Dim.bounded("tokens", 16), Dim.of(5));

    private final Operations operations = WithCore.operations(new Mish());

    @Test
    void keepsTheContractOfAnOperation() {
        List<OperationCase> cases = LongStream.of(0, 1, 7, 13).mapToObj(n -> OperationCase.of("mish", n + " tokens")
            .size("tokens", n).reals("x", X).gives(X)).toList();
        OperationReport report = new OperationKit(operations).check(cases);
        System.out.print(report.table());
        assertEquals(List.of(), report.failures());
    }

    @Test
    void multipliesByTheHyperbolicTangentOfSoftplus() {
        GraphBuilder g = new GraphBuilder(operations);
        g.output("y", g.unary("mish", g.input("x", Type.f32(Dim.of(5)))));
        // mish(0) = 0; mish(1) = 1 · tanh(ln(1 + e)) = tanh(1.313262) = 0.865098; mish(−1) = −tanh(ln(1 + 1/e)) = −tanh(0.313262)
        // = −0.303401; far right the gate is 1, far left it is 0.
        assertArrayEquals(new double[] {0, 0.865098, -0.303401, 800, 0}, run(g.build(), 0, 1, -1, 800, -800), 1e-6);
    }

    @Test
    void refusesIntegers_R1() {
        GraphBuilder g = new GraphBuilder(operations);
        Value ids = g.input("ids", Type.i32(Dim.of(3)));
        assertEquals("mish: x must be F32; got I32[3].",
            assertThrows(GraphException.class, () -> g.unary("mish", ids)).getMessage());
    }

    private double[] run(Graph graph, double... x) {
        return new ReferenceRun(graph, operations, Precision.FLOAT64)
            .run(Map.of("x", HostTensor.ofReals(x, x.length)), Map.of()).get("y").reals();
    }
}
