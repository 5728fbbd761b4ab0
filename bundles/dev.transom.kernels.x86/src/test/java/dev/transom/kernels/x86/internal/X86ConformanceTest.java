package dev.transom.kernels.x86.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.transom.backend.cpu.internal.CpuBackend;
import dev.transom.conformance.backend.BackendKit;
import dev.transom.graph.Operations;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("dev.transom.kernels.x86.internal.Available#here")
class X86ConformanceTest {

    @TestFactory
    Stream<DynamicTest> conformsInsideTheExecutor() {
        CpuBackend backend = new CpuBackend(Operations.core());
        backend.addProvider(new X86Kernels());
        return new BackendKit(backend, Operations.core()).checks().stream()
            .map(check -> dynamicTest(check.name(), () -> assertEquals(List.of(), check.broken())));
    }
}
