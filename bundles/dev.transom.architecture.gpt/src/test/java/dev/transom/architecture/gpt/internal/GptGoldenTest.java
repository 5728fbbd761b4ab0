package dev.transom.architecture.gpt.internal;

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
class GptGoldenTest {

    @TestFactory
    Stream<DynamicTest> equalsTheReference() {
        Operations operations = Operations.core();
        return new GoldenKit(new GptArchitecture(), new HuggingFaceFormat(), new SafetensorsFormat(), operations,
            new ReferenceBackend(operations))
            .checks(GoldenKit.root(getClass()).resolve("architectures"), "gpt2", "gpt2-scaled-attention", "openai-gpt", "gpt_neox",
                "gpt_neox-sequential", "opt", "opt-post-ln", "bloom", "mpt").stream()
            .map(check -> dynamicTest(check.name(), () -> assertEquals(List.of(), check.broken())));
    }
}
