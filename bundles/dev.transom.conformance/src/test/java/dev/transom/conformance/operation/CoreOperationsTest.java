package dev.transom.conformance.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.transom.graph.GraphBuilder;
import dev.transom.graph.Node;
import dev.transom.graph.Operation;
import dev.transom.graph.Operations;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CoreOperationsTest {

    private final OperationKit kit = new OperationKit(Operations.core());

    @TestFactory
    Stream<DynamicTest> everyCoreOperationKeepsItsContract() {
        return CoreOperationCases.all().stream()
            .map(each -> dynamicTest(each.toString(), () -> assertEquals(List.of(), kit.check(each).broken())));
    }

    @Test
    void everyCoreOperationHasACaseOrServesTheGradientOfOne() {
        Set<String> without = new TreeSet<>();
        Operations.core().all().stream().map(Operation::name).forEach(without::add);
        for (OperationCase each : CoreOperationCases.all()) {
            GraphBuilder builder = new GraphBuilder(Operations.core());
            Node node = each.apply(builder);
            if (each.gradient() != OperationCase.Gradient.NONE) {
                Projection.gradients(builder, node, Projection.differentiated(each, node));
            }
            builder.nodes().forEach(any -> without.remove(any.operation()));
        }
        assertEquals(Set.of(), without);
    }

    @Test
    void printsATable() {
        OperationReport report = kit.check(CoreOperationCases.all());
        System.out.print(report.table());
        assertEquals(List.of(), report.failures());
    }
}
