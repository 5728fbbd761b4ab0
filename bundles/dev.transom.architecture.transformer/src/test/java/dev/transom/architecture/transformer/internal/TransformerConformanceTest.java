package dev.transom.architecture.transformer.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.transom.api.config.Config;
import dev.transom.conformance.architecture.ArchitectureKit;
import dev.transom.graph.Operations;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Rows alone as rows together, caches as one pass, gradients as differences, for recipes that differ in every choice. */
class TransformerConformanceTest {

    @TestFactory
    Stream<DynamicTest> keepsTheContractOfAnArchitecture() {
        return Stream.of("encoder-decoder sinusoidal relu post-LN", "encoder-decoder rope swiglu pre-RMS-LN",
                "encoder learned gelu deep-LN", "causal-encoder alibi geglu pre-LN", "decoder rope quick_gelu-gated pre-RMS-LN",
                "decoder alibi relu deep-LN", "prefix-decoder learned swiglu post-RMS-LN", "prefix-decoder none gelu pre-LN")
            .flatMap(recipe -> new ArchitectureKit(new TransformerArchitecture(), config(recipe.split(" ")), Operations.core())
                .checks().stream().map(check ->
                    dynamicTest(recipe + ": " + check.name(), () -> assertEquals(List.of(), check.broken()))));
    }

    private static Config config(String[] words) {
        return new Config("config.json", Map.ofEntries(Map.entry("model_type", "transformer"), Map.entry("structure", words[0]),
            Map.entry("position", words[1]), Map.entry("activation", words[2]), Map.entry("normalisation", words[3]),
            Map.entry("hidden_size", 16L), Map.entry("num_heads", 2L), Map.entry("encoder_layers", 2L),
            Map.entry("decoder_layers", 2L), Map.entry("ffn_size", 24L), Map.entry("vocab_size", 23L),
            Map.entry("max_positions", 20L), Map.entry("prefix_length", 3L), Map.entry("dropout", 0.1)));
    }
}
