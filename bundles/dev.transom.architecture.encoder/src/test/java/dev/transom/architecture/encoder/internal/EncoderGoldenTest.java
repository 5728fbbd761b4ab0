package dev.transom.architecture.encoder.internal;

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

/** What transformers computes with the same weights: hidden states, outputs of heads, losses, greedy answers, gradients. */
class EncoderGoldenTest {

    @TestFactory
    Stream<DynamicTest> equalsTheReference() {
        Operations operations = Operations.core();
        return new GoldenKit(new EncoderArchitecture(), new HuggingFaceFormat(), new SafetensorsFormat(), operations,
            new ReferenceBackend(operations))
            .checks(GoldenKit.root(getClass()).resolve("architectures"), "bert", "bert-causal", "bert-mlm",
                "bert-pretraining", "bert-qa", "bert-seq-single-label", "bert-seq-multi-label", "bert-seq-regression",
                "bert-token-classification", "roberta", "roberta-seq", "xlm-roberta", "distilbert", "distilbert-seq")
            .stream().map(check -> dynamicTest(check.name(), () -> assertEquals(List.of(), check.broken())));
    }
}
