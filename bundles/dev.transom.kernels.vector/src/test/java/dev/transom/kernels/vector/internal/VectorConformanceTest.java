package dev.transom.kernels.vector.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.transom.backend.cpu.internal.CpuBackend;
import dev.transom.conformance.backend.BackendKit;
import dev.transom.graph.Operations;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class VectorConformanceTest {

    @TestFactory
    Stream<DynamicTest> conformsInsideTheExecutor() {
        CpuBackend backend = new CpuBackend(Operations.core());
        backend.addProvider(new VectorKernels(true));
        return new BackendKit(backend, Operations.core()).checks().stream()
            .map(check -> dynamicTest(check.name(), () -> assertEquals(List.of(), check.broken())));
    }
}
