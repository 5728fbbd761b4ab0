package dev.transom.architecture.llama.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.ModelDefinition;
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

/** What Llama's configurations mean, and which are refused. */
class LlamaArchitectureTest {

    private static final Map<String, Object> LLAMA_2_7B = Map.of("model_type", "llama", "architectures",
        List.of("LlamaForCausalLM"), "vocab_size", 32000L, "hidden_size", 4096L, "intermediate_size", 11008L,
        "num_hidden_layers", 32L, "num_attention_heads", 32L, "max_position_embeddings", 4096L, "rms_norm_eps", 1e-5);

    @Test
    void llama2Of7BHasItsParameters() {
        assertEquals(6_738_415_616L, parameters(define(Map.of())));
    }

    @Test
    void llama3Of8BHasItsParameters() {
        assertEquals(8_030_261_248L, parameters(define(Map.of("vocab_size", 128256L, "intermediate_size", 14336L,
            "num_key_value_heads", 8L, "rope_theta", 500000.0))));
    }

    @Test
    void llama32Of1BIsTiedAndHasItsParameters() {
        assertEquals(1_235_814_400L, parameters(define(Map.of("vocab_size", 128256L, "hidden_size", 2048L, "intermediate_size",
            8192L, "num_hidden_layers", 16L, "num_key_value_heads", 8L, "head_dim", 64L, "tie_word_embeddings", true))));
    }

    @Test
    void factsTellWhatItIs() {
        assertEquals("Llama: decoder, RoPE, SwiGLU, pre-RMS-LN, 32 layers of 4096", define(Map.of()).facts().description());
        assertEquals("Llama: decoder, RoPE (linear), SwiGLU, pre-RMS-LN, 32 layers of 4096",
            define(Map.of("rope_scaling", Map.of("type", "linear", "factor", 2.0))).facts().description());
    }

    /** theta^(−2i/128): 1 first, 10000^(−126/128) last. */
    @Test
    void frequenciesAreOneForEachPairOfAHead() {
        double[] frequencies = define(Map.of()).ropeFrequencies(1).orElseThrow();
        assertEquals(64, frequencies.length);
        assertArrayEquals(new double[] {1, Math.pow(10000, -126 / 128.0)}, new double[] {frequencies[0], frequencies[63]}, 1e-15);
    }

    @Test
    void dynamicScalingSetsNoEndToRows() {
        assertEquals(1 << 20, define(Map.of("rope_scaling", Map.of("rope_type", "dynamic", "factor", 2.0)))
            .facts().maxPositions());
    }

    @Test
    void yarnSharpensInsideTheTable() {
        ModelDefinition definition = define(Map.of("rope_parameters",
            Map.of("rope_type", "yarn", "factor", 4.0, "rope_theta", 1e6)));
        Node table = graph(definition).nodes().stream().filter(node -> node.operation().equals("rope_table")).findFirst()
            .orElseThrow();
        assertEquals(0.1 * Math.log(4) + 1, table.attributes().real("scale"), 1e-15);
    }

    @Test
    void oneTableTurnsAllLayers() {
        Graph graph = graph(define(Map.of()));
        assertEquals(1, count(graph, "rope_table"));
        assertEquals(2 * 32, count(graph, "rope"));
        // A layer copies nothing: its reshapes are aliases, its projections as the file has them.
        assertEquals(0, count(graph, "slice") + count(graph, "concat") + count(graph, "transpose"));
    }

    @Test
    void matricesAreBoundAsTheyLie() {
        Map<String, Binding> bindings = define(Map.of()).bindings(Set.of("model.embed_tokens.weight"));
        assertEquals(Binding.stored("model.layers.31.self_attn.k_proj.weight"),
            bindings.get("decoder.layers.31.self_attention.k_proj.weight"));
        assertEquals(Binding.stored("lm_head.weight"), bindings.get("lm_head.weight"));
    }

    /** Rows of a head lie as 0, 32, 1, 33, … of 64. */
    @Test
    void queriesAndKeysOfGgufAreTakenApart() {
        Map<String, Binding> bindings = define(Map.of("num_key_value_heads", 8L)).bindings(Set.of("token_embd.weight",
            "output.weight"));
        assertEquals(new Binding.Reshape(new Binding.Permute(new Binding.Reshape(Binding.stored("blk.3.attn_k.weight"),
            List.of(8L, 64L, 2L, 4096L)), List.of(0, 2, 1, 3)), List.of(1024L, 4096L)),
            bindings.get("decoder.layers.3.self_attention.k_proj.weight"));
        assertEquals(Binding.stored("blk.3.attn_v.weight"), bindings.get("decoder.layers.3.self_attention.v_proj.weight"));
        assertEquals(Binding.stored("output.weight"), bindings.get("lm_head.weight"));
    }

    @Test
    void aHeadThatGgufLacksIsTheEmbedding() {
        assertEquals(Binding.stored("token_embd.weight"),
            define(Map.of()).bindings(Set.of("token_embd.weight")).get("lm_head.weight"));
    }

    @Test
    void everyParameterHasABinding() {
        ModelDefinition definition = define(Map.of("attention_bias", true, "mlp_bias", true));
        Set<String> bound = definition.bindings(Set.of()).keySet();
        graph(definition).parameters().forEach(node -> assertTrue(bound.contains(node.name()), node.name()));
    }

    @Test
    void aClassifierIsTheDefaultWhereItIsNamed() {
        ModelDefinition definition = define(Map.of("architectures", List.of("LlamaForSequenceClassification"),
            "id2label", Map.of("0", "LABEL_0")));
        assertEquals("regression", definition.facts().defaultHead());
    }

    @Test
    void refusesHeadsThatDoNotGroup() {
        refused("c.json: num_key_value_heads must be a divisor of num_attention_heads = 32; got 5.",
            Map.of("num_key_value_heads", 5L));
    }

    @Test
    void refusesAWidthThatHeadsDoNotDivide() {
        refused("c.json: num_attention_heads must be a divisor of hidden_size = 4096 where head_dim is absent; got 33.",
            Map.of("num_attention_heads", 33L));
    }

    @Test
    void refusesHeadsThatAreTurnedInPart() {
        refused("c.json: partial_rotary_factor must be 1: Llama turns whole heads; got 0.5.",
            Map.of("partial_rotary_factor", 0.5));
    }

    @Test
    void refusesAScalingThatItDoesNotKnow() {
        refused("c.json rope_scaling: rope_type must be default, linear, dynamic, llama3, yarn or longrope; got mrope.",
            Map.of("rope_scaling", Map.of("rope_type", "mrope")));
    }

    @Test
    void refusesValuesOfAnotherKind() {
        refused("c.json: rms_norm_eps must be a number; got small.", Map.of("rms_norm_eps", "small"));
        refused("c.json: rms_norm_eps must be positive; got -1.0E-5.", Map.of("rms_norm_eps", -1e-5));
        refused("c.json: mlp_bias must be true or false; got 1.", Map.of("mlp_bias", 1L));
    }

    @Test
    void windowsAreThoseOfTheFamily() {
        assertEquals(List.of(0L, 0L, 7L, 7L), windows(Map.of("model_type", "qwen2", "use_sliding_window", true, "sliding_window", 7L,
            "max_window_layers", 2L)));
        assertEquals(List.of(7L, 0L, 7L, 0L), windows(Map.of("model_type", "gemma2", "sliding_window", 7L)));
        assertEquals(List.of(7L, 7L, 0L, 7L), windows(Map.of("model_type", "gemma3_text", "sliding_window", 7L,
            "sliding_window_pattern", 3L)));
        assertEquals(List.of(7L, 7L, 7L, 7L), windows(Map.of("model_type", "mistral", "sliding_window", 7L)));
        assertEquals(List.of(0L, 0L, 0L, 0L), windows(Map.of("model_type", "mistral")));
    }

    @Test
    void gemma3HasATableOfAnglesForEachKindOfLayer() {
        Graph graph = graph(define(Map.of("model_type", "gemma3_text", "architectures", List.of("Gemma3ForCausalLM"),
            "sliding_window", 7L)));
        assertEquals(2, count(graph, "rope_table"));
    }

    @Test
    void fusedMatricesAreCutByRows() {
        Map<String, Binding> bindings = define(Map.of("model_type", "phi3", "architectures", List.of("Phi3ForCausalLM"),
            "num_key_value_heads", 8L)).bindings(Set.of("model.embed_tokens.weight"));
        assertEquals(new Binding.Slice(Binding.stored("model.layers.0.self_attn.qkv_proj.weight"), 0, 4096, 5120),
            bindings.get("decoder.layers.0.self_attention.k_proj.weight"));
        assertEquals(new Binding.Slice(Binding.stored("model.layers.0.mlp.gate_up_proj.weight"), 0, 11008, 22016),
            bindings.get("decoder.layers.0.feed_forward.up_proj.weight"));
    }

    @Test
    void gemmasNormsGrowByOneUnlessTheFileHasDoneSo() {
        Map<String, Object> gemma = Map.of("model_type", "gemma", "architectures", List.of("GemmaForCausalLM"));
        assertEquals(new Binding.Affine(Binding.stored("model.norm.weight"), 1, 1),
            define(gemma).bindings(Set.of("model.norm.weight")).get("decoder.final_norm.weight"));
        assertEquals(Binding.stored("output_norm.weight"),
            define(gemma).bindings(Set.of("token_embd.weight")).get("decoder.final_norm.weight"));
    }

    @Test
    void refusesKindsOfLayersThatItDoesNotKnow() {
        refused("c.json: layer_types must be a list of num_hidden_layers = 32 kinds; got 1.",
            Map.of("model_type", "gemma2", "layer_types", List.of("full_attention")));
        refused("c.json: layer_types must be full_attention or sliding_attention for each layer; got chunked_attention.",
            Map.of("model_type", "gemma2", "num_hidden_layers", 1L, "layer_types", List.of("chunked_attention")));
        refused("c.json: layer_types must be full_attention where use_sliding_window is false; got sliding_attention.",
            Map.of("model_type", "qwen2", "num_hidden_layers", 1L, "layer_types", List.of("sliding_attention")));
        refused("c.json: sliding_window is required; it is absent. Add it to the file.", Map.of("model_type", "gemma2"));
    }

    @Test
    void refusesADecoderThatLooksAhead() {
        refused("c.json: use_bidirectional_attention must be false: this architecture is a decoder; got true.",
            Map.of("model_type", "gemma3_text", "use_bidirectional_attention", true));
    }

    private static List<Long> windows(Map<String, Object> changed) {
        Map<String, Object> four = new HashMap<>(changed);
        four.put("num_hidden_layers", 4L);
        four.put("architectures", List.of());
        return graph(define(four)).nodes().stream().filter(node -> node.operation().equals("attention"))
            .map(node -> node.attributes().integer("window")).toList();
    }

    private static void refused(String sentence, Map<String, Object> changed) {
        assertEquals(sentence, assertThrows(TransomException.class, () -> define(changed)).getMessage());
    }

    private static ModelDefinition define(Map<String, Object> changed) {
        Map<String, Object> values = new HashMap<>(LLAMA_2_7B);
        values.putAll(changed);
        return new LlamaArchitecture().define(new Config("c.json", values));
    }

    private static long count(Graph graph, String operation) {
        return graph.nodes().stream().filter(node -> node.operation().equals(operation)).count();
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
