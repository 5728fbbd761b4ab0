package dev.transom.example.sampler.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.transom.api.sampler.SamplingOptions;
import dev.transom.conformance.sampler.SamplerKit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class SmoothingConformsTest {

    @TestFactory
    Stream<DynamicTest> conforms() {
        return new SamplerKit(new Smoothing(), SamplingOptions.NONE.with(Smoothing.NAME, 0.5)).checks().stream()
            .map(check -> dynamicTest(check.name(), () -> assertEquals(List.of(), check.broken())));
    }
}
