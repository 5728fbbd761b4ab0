package dev.transom.backend.cpu.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.transom.conformance.backend.BackendKit;
import dev.transom.graph.Operations;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The executor alone, as it runs where no kernel provider is installed. */
class CpuConformanceTest {

    @TestFactory
    Stream<DynamicTest> conformsWithoutKernelProviders() {
        return new BackendKit(new CpuBackend(Operations.core()), Operations.core()).checks().stream()
            .map(check -> dynamicTest(check.name(), () -> assertEquals(List.of(), check.broken())));
    }
}
