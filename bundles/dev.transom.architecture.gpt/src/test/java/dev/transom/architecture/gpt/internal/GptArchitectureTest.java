package dev.transom.architecture.gpt.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.Head;
import dev.transom.api.architecture.Head.Labels;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.config.Config;
import dev.transom.api.tensor.Binding;
import dev.transom.graph.Graph;
import dev.transom.graph.Node;
import dev.transom.graph.Operations;
import dev.transom.graph.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What GPT-2's configurations mean, and which are refused. */
class GptArchitectureTest {

    /** Radford et al. 2019, the smallest: 124 439 808 parameters. */
    private static final Map<String, Object> SMALL = Map.of("model_type", "gpt2", "architectures", List.of("GPT2LMHeadModel"),
        "vocab_size", 50257L, "n_positions", 1024L, "n_embd", 768L, "n_layer", 12L, "n_head", 12L);

    @Test
    void gpt2SmallHasItsParameters() {
        assertEquals(124_439_808L, parameters(define(Map.of())));
    }

    @Test
    void gpt2XlHasItsParameters() {
        assertEquals(1_557_611_200L, parameters(define(Map.of("n_embd", 1600L, "n_layer", 48L, "n_head", 25L))));
    }

    @Test
    void factsTellWhatItIs() {
        assertEquals(new ModelFacts("gpt2", "GPT-2: decoder, learned positions, GELU, pre-LN, 12 layers of 768",
            ModelFacts.Structure.CAUSAL, 768, 12, 50257, 1024, 0, List.of(new Head("lm", List.of("logits"), Labels.NEXT_TOKEN)),
            "lm"), define(Map.of()).facts());
    }

    @Test
    void aClassifierScoresTheLastTokenWithoutBias() {
        ModelDefinition definition = define(Map.of("architectures", List.of("GPT2ForSequenceClassification"), "num_labels", 3L));
        assertEquals("classification", definition.facts().defaultHead());
        assertEquals(124_439_808L + 3 * 768, parameters(definition));
        assertTrue(definition.facts().hasHead("lm"));
    }

    @Test
    void theFirstPublishedFilesHaveNoPrefix() {
        assertEquals(new Binding.Permute(Binding.stored("h.11.attn.c_attn.weight"), List.of(1, 0)), define(Map.of())
            .bindings(Set.of("wte.weight", "h.0.attn.bias")).get("decoder.layers.11.self_attention.qkv_proj.weight"));
        assertEquals(Binding.stored("transformer.wte.weight"),
            define(Map.of()).bindings(Set.of("transformer.wte.weight")).get("embedding.weight"));
    }

    @Test
    void everyParameterHasABinding() {
        ModelDefinition definition = define(Map.of("tie_word_embeddings", false));
        Set<String> bound = definition.bindings(Set.of()).keySet();
        graph(definition).parameters().forEach(node -> assertTrue(bound.contains(node.name()), node.name()));
    }

    @Test
    void scoresOfLaterLayersShrinkWhereAsked() {
        ModelDefinition definition = define(Map.of("scale_attn_by_inverse_layer_idx", true, "scale_attn_weights", false));
        List<Double> scales = graph(definition).nodes().stream().filter(node -> node.operation().equals("attention"))
            .map(node -> node.attributes().real("scale")).toList();
        assertEquals(List.of(1.0, 1 / 2.0, 1 / 3.0), scales.subList(0, 3));
    }

    @Test
    void refusesHeadsThatDoNotDivideTheWidth() {
        refused("c.json: n_head must be a divisor of n_embd = 768; got 7.", Map.of("n_head", 7L));
    }

    @Test
    void refusesSizesThatAreMissingOrNotPositive() {
        refused("c.json: n_layer must be a positive integer; got 0.", Map.of("n_layer", 0L));
        Map<String, Object> without = new HashMap<>(SMALL);
        without.remove("vocab_size");
        assertEquals("c.json: vocab_size is required; it is absent. Add it to the file.", assertThrows(TransomException.class,
            () -> new GptArchitecture().define(new Config("c.json", without))).getMessage());
    }

    @Test
    void refusesNumbersOutOfRange() {
        refused("c.json: layer_norm_epsilon must be positive; got 0.0.", Map.of("layer_norm_epsilon", 0.0));
        refused("c.json: resid_pdrop must be at least 0 and below 1; got 1.0.", Map.of("resid_pdrop", 1.0));
    }

    @Test
    void refusesCrossAttention() {
        refused("c.json: add_cross_attention must be false: this architecture is a decoder alone; got true.",
            Map.of("add_cross_attention", true));
    }

    @Test
    void refusesAClassThatItDoesNotKnow() {
        refused("c.json: architectures must be GPT2 followed by LMHeadModel, Model, ForSequenceClassification,"
            + " ForTokenClassification or ForQuestionAnswering; got GPT2DoubleHeadsModel.",
            Map.of("architectures", List.of("GPT2DoubleHeadsModel")));
    }

    @Test
    void refusesAnActivationThatNobodyBrings() {
        ModelDefinition definition = define(Map.of("activation_function", "mish"));
        assertEquals("activation mish: an operation of this name is required (capability dev.transom.operation; name=mish); no"
            + " installed bundle brings it. Install one that does.",
            assertThrows(TransomException.class, () -> graph(definition)).getMessage());
    }

    @Test
    void refusesWhatMptHasElsewhereOnly() {
        refused("c.json attn_config: qk_ln must be false; got true.", Map.of("model_type", "mpt", "attn_config", Map.of("qk_ln", true)));
        refused("c.json: logit_scale must be null; got 2.0.", Map.of("model_type", "mpt", "logit_scale", 2.0));
    }

    @Test
    void refusesAnActivationThatGptHasNot() {
        refused("c.json: afn must be gelu, relu, silu or swish; got mish.", Map.of("model_type", "openai-gpt", "afn", "mish"));
    }

    @Test
    void queriesOfBloomAreTakenHeadByHead() {
        Map<String, Binding> bindings = define(Map.of("model_type", "bloom", "architectures", List.of(),
            "n_embd", 8L, "n_head", 2L)).bindings(Set.of("h.0.ln_1.weight"));
        assertEquals(new Binding.Reshape(new Binding.Slice(
            new Binding.Reshape(Binding.stored(
                "h.0.self_attention.query_key_value.bias"), List.of(2L, 3L, 4L)), 1, 1, 2), List.of(8L)),
            bindings.get("decoder.layers.0.self_attention.k_proj.bias"));
    }

    private static void refused(String sentence, Map<String, Object> changed) {
        assertEquals(sentence, assertThrows(TransomException.class, () -> define(changed)).getMessage());
    }

    private static ModelDefinition define(Map<String, Object> changed) {
        Map<String, Object> values = new HashMap<>(SMALL);
        values.putAll(changed);
        return new GptArchitecture().define(new Config("c.json", values));
    }

    private static long parameters(ModelDefinition definition) {
        return graph(definition).parameters().stream().map(Node::types).map(List::getFirst)
            .mapToLong(type -> ((Type.TensorType) type).shape().maxElements()).sum();
    }

    private static Graph graph(ModelDefinition definition) {
        return definition.graph(Operations.core(),
            GraphRequest.whole(List.of(definition.facts().defaultHead()), GraphRequest.Limits.of(64, 2)));
    }
}
