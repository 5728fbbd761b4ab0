package dev.transom.architecture.encoder.internal;

import static dev.transom.architecture.encoder.internal.EncoderConfigTest.BERT;
import static dev.transom.architecture.encoder.internal.EncoderConfigTest.DISTILBERT;
import static dev.transom.architecture.encoder.internal.EncoderConfigTest.config;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.transom.api.config.Config;
import dev.transom.conformance.architecture.ArchitectureKit;
import dev.transom.graph.Operations;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Rows alone as rows together, caches as one pass, gradients as differences, refusals in sentences. */
class EncoderConformanceTest {

    private static final Map<String, Config> CONFIGS = new TreeMap<>(Map.of(
        "BERT", small(BERT, "problem_type", "multi_label_classification"),
        "BERT as a causal language model", small(BERT, "is_decoder", true, "architectures", List.of("BertLMHeadModel")),
        "RoBERTa, untied, regression", small(BERT, "model_type", "roberta", "type_vocab_size", 1L, "pad_token_id", 1L,
            "tie_word_embeddings", false, "problem_type", "regression"),
        "DistilBERT", config(DISTILBERT, "dim", 16L, "hidden_dim", 24L, "vocab_size", 23L, "max_position_embeddings", 20L)));

    @TestFactory
    Stream<DynamicTest> keepsTheContractOfAnArchitecture() {
        return CONFIGS.entrySet().stream().flatMap(each ->
            new ArchitectureKit(new EncoderArchitecture(), each.getValue(), Operations.core()).checks().stream().map(check ->
                dynamicTest(each.getKey() + ": " + check.name(), () -> assertEquals(List.of(), check.broken()))));
    }

    private static Config small(Map<String, Object> base, Object... changes) {
        return config(config(base, "hidden_size", 16L, "intermediate_size", 24L, "vocab_size", 23L,
            "max_position_embeddings", 20L).values(), changes);
    }
}
