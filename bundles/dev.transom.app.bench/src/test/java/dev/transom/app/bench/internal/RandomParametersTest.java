package dev.transom.app.bench.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.TransomException;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.api.tensor.TypePlan;
import dev.transom.blocks.Blocks;
import dev.transom.graph.Dim;
import dev.transom.graph.Graph;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.Operations;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class RandomParametersTest {

    @Test
    void parametersHaveTheGraphsShapesAndTheFormatAsked() {
        for (Format format : List.of(Format.F32, Format.F16, Format.BF16)) {
            try (RandomParameters parameters = new RandomParameters(graph(), format)) {
                StoredTensor table = parameters.find("table").orElseThrow();
                assertEquals(List.of(100L, 8L), table.shape());
                assertEquals(format, table.format());
                assertEquals(format.bytes(800), table.data().byteSize());
                double sum = 0;
                for (int i = 0; i < 800; i++) {
                    assertTrue(Math.abs(table.real(i)) <= 0.0502, format + " " + table.real(i));
                    sum += table.real(i);
                }
                assertEquals(0, sum / 800, 0.005);
                assertEquals(1, parameters.find("norm").orElseThrow().real(3), 0.0502);
                assertTrue(parameters.find("other").isEmpty());
            }
        }
    }

    @Test
    void theSameNameHasTheSameValues() {
        try (RandomParameters a = new RandomParameters(graph(), Format.F32);
                RandomParameters b = new RandomParameters(graph(), Format.F32)) {
            assertEquals(a.find("w").orElseThrow().real(5), b.find("w").orElseThrow().real(5));
        }
    }

    @Test
    void blocksAreRepeatedOverALargeMatrix() {
        GraphBuilder g = new GraphBuilder(Operations.core());
        g.output("y", g.linear(g.input("x", Type.f32(Dim.of(1), Dim.of(256))), g.parameter("w", Type.f32(Dim.of(150), Dim.of(256)))));
        try (RandomParameters parameters = new RandomParameters(g.build(), Format.Q4_K)) {
            StoredTensor w = parameters.find("w").orElseThrow();
            assertEquals(150 * 144, w.data().byteSize());
            float[] values = Blocks.decode(w);
            for (int i = 0; i < 20 * 256; i++) {
                assertEquals(values[i], values[2 * 64 * 256 + i]);
                assertEquals(0, values[i], 0.06);
            }
        }
    }

    @Test
    void refusesAFormatThatCannotBeWrittenAndRowsOfPartialBlocks() {
        assertEquals("format of weights: it must be one of F32, F16, BF16, Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K; "
            + "got IQ1_S.", assertThrows(TransomException.class, () -> RandomParameters.named("IQ1_S")).getMessage());
        try (RandomParameters parameters = new RandomParameters(graph(), Format.Q8_0)) {
            assertEquals("random weights in Q8_0: rows must be whole blocks of 32 elements; w has rows of 8. Choose another format.",
                assertThrows(TransomException.class, () -> parameters.find("w")).getMessage());
        }
    }

    @Test
    void aStepReadsWholeMatricesButOnlyRowsOfATable() {
        WeightReading reading = WeightReading.of(graph(), TypePlan.uniform(Format.BF16));
        assertEquals(List.of("norm", "w"), reading.parameters().stream().sorted().toList());
        assertEquals((8 + 16 * 8) * 2, reading.bytesPerStep());
    }

    private static Graph graph() {
        GraphBuilder g = new GraphBuilder(Operations.core());
        Value ids = g.input("ids", Type.i32(Dim.bounded("tokens", 4)));
        Value rows = g.gather(g.parameter("table", Type.f32(Dim.of(100), Dim.of(8))), ids);
        Value scaled = g.rmsNorm(rows, g.parameter("norm", Type.f32(Dim.of(8))), 1e-5);
        g.output("y", g.linear(scaled, g.parameter("w", Type.f32(Dim.of(16), Dim.of(8)))));
        return g.build();
    }
}
