package dev.transom.architecture.moe.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.transom.backend.reference.internal.ReferenceBackend;
import dev.transom.conformance.architecture.GoldenKit;
import dev.transom.format.huggingface.internal.HuggingFaceFormat;
import dev.transom.format.huggingface.internal.SafetensorsFormat;
import dev.transom.graph.Operations;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What transformers computes with the same weights: hidden states, logits, losses, greedy answers, gradients. */
class MoeGoldenTest {

    @TestFactory
    Stream<DynamicTest> equalsTheReference() {
        Operations operations = Operations.core();
        return new GoldenKit(new MoeArchitecture(), new HuggingFaceFormat(), new SafetensorsFormat(), operations,
            new ReferenceBackend(operations))
            .checks(GoldenKit.root(getClass()).resolve("architectures"), "mixtral", "qwen2_moe").stream()
            .map(check -> dynamicTest(check.name(), () -> assertEquals(List.of(), check.broken())));
    }
}
