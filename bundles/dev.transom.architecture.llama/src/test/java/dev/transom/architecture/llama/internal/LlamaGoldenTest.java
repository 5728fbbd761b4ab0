package dev.transom.architecture.llama.internal;

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
class LlamaGoldenTest {

    @TestFactory
    Stream<DynamicTest> equalsTheReference() {
        Operations operations = Operations.core();
        return new GoldenKit(new LlamaArchitecture(), new HuggingFaceFormat(), new SafetensorsFormat(), operations,
            new ReferenceBackend(operations))
            .checks(GoldenKit.root(getClass()).resolve("architectures"), "llama-1", "llama-2-gqa-tied", "llama-3", "llama-bf16",
                "llama-rope-dynamic", "llama-rope-linear", "llama-rope-yarn", "mistral", "qwen2", "qwen3", "gemma", "gemma2",
                "gemma3_text", "phi3", "phi3-longrope").stream()
            .map(check -> dynamicTest(check.name(), () -> assertEquals(List.of(), check.broken())));
    }
}
