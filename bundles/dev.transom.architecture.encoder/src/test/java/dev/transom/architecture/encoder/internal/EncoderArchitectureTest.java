package dev.transom.architecture.encoder.internal;

import static dev.transom.architecture.encoder.internal.EncoderConfigTest.BERT;
import static dev.transom.architecture.encoder.internal.EncoderConfigTest.DISTILBERT;
import static dev.transom.architecture.encoder.internal.EncoderConfigTest.config;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.GraphRequest.Limits;
import dev.transom.api.architecture.Head;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.architecture.ModelFacts.Structure;
import dev.transom.api.config.Config;
import dev.transom.api.tensor.Binding;
import dev.transom.graph.Graph;
import dev.transom.graph.Node;
import dev.transom.graph.Operations;
import dev.transom.graph.Type;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EncoderArchitectureTest {

    @Test
    void countsTheParametersOfPublicModels() {
        Config base = config(BERT, "hidden_size", 768L, "num_hidden_layers", 12L, "num_attention_heads", 12L,
            "intermediate_size", 3072L, "vocab_size", 30522L, "max_position_embeddings", 512L);
        assertEquals(109_482_240, parameters(base, "pooled"));
        assertEquals(109_514_298, parameters(base, "mlm"));
        assertEquals(110_106_428, parameters(config(base.values(), "architectures", List.of("BertForPreTraining")),
            "pretraining"));
        assertEquals(335_141_888, parameters(config(base.values(), "hidden_size", 1024L, "num_hidden_layers", 24L,
            "num_attention_heads", 16L, "intermediate_size", 4096L), "pooled"));
        assertEquals(124_645_632, parameters(config(base.values(), "model_type", "roberta", "vocab_size", 50265L,
            "type_vocab_size", 1L, "max_position_embeddings", 514L), "pooled"));
        // A matrix of its own for the decoder, where it is not tied: 30522 · 768 more.
        assertEquals(109_514_298 + 30522 * 768, parameters(config(base.values(), "tie_word_embeddings", false), "mlm"));
    }

    @Test
    void takesTheHeadThatTheClassNames() {
        assertEquals("pooled", defaultHead(BERT, "BertModel"));
        assertEquals("mlm", defaultHead(BERT, "BertForMaskedLM"));
        assertEquals("pretraining", defaultHead(BERT, "BertForPreTraining"));
        assertEquals("next_sentence", defaultHead(BERT, "BertForNextSentencePrediction"));
        assertEquals("classification", defaultHead(BERT, "BertForSequenceClassification"));
        assertEquals("regression", define(BERT, "architectures", List.of("BertForSequenceClassification"), "num_labels", 1L)
            .facts().defaultHead());
        assertEquals("span", defaultHead(DISTILBERT, "DistilBertForQuestionAnswering"));
        assertEquals("tokens", defaultHead(DISTILBERT, "DistilBertForTokenClassification"));
        assertEquals("", defaultHead(DISTILBERT, "DistilBertModel"));
        assertEquals("", defaultHead(BERT, "BertForSomethingNew"));
    }

    @Test
    void hasTheHeadsOfItsFamily() {
        assertEquals(List.of("mlm", "next_sentence", "pretraining", "pooled", "classification", "span", "tokens"), heads(BERT));
        assertEquals(List.of("mlm", "pooled", "regression", "span", "tokens"),
            heads(BERT, "model_type", "roberta", "num_labels", 1L));
        assertEquals(List.of("mlm", "classification", "span", "tokens"), heads(DISTILBERT));
        ModelDefinition causal = define(BERT, "is_decoder", true, "architectures", List.of("BertLMHeadModel"));
        assertEquals("lm", causal.facts().defaultHead());
        assertEquals(Structure.CAUSAL, causal.facts().structure());
        assertEquals("BERT: causal encoder, learned positions, GELU, post-LN, 2 layers of 32", causal.facts().description());
    }

    @Test
    void findsTensorsWithAndWithoutThePrefix() {
        assertEquals("bert.embeddings.word_embeddings.weight", stored("embedding.weight",
            "bert.embeddings.word_embeddings.weight"));
        assertEquals("embeddings.word_embeddings.weight", stored("embedding.weight", "embeddings.word_embeddings.weight",
            "embeddings.position_ids"));
    }

    @Test
    void findsNormsUnderTheirOldNames() {
        assertEquals("encoder.layer.1.output.LayerNorm.gamma", stored("encoder.layers.1.feed_forward_norm.weight",
            "encoder.layer.1.output.LayerNorm.gamma"));
        assertEquals("encoder.layer.1.output.LayerNorm.beta", stored("encoder.layers.1.feed_forward_norm.bias",
            "encoder.layer.1.output.LayerNorm.beta"));
        assertEquals("cls.predictions.decoder.bias", stored("mlm_bias", "cls.predictions.decoder.bias"));
    }

    @Test
    void bindsEveryParameterOfEveryHead() {
        for (Map<String, Object> base : List.of(BERT, DISTILBERT, config(BERT, "model_type", "roberta").values())) {
            ModelDefinition definition = define(base, "tie_word_embeddings", false);
            Set<String> bound = definition.bindings(Set.of()).keySet();
            for (Head head : definition.facts().heads()) {
                Graph graph = definition.graph(Operations.core(), GraphRequest.whole(List.of(head.name()), Limits.of(4, 2)));
                assertTrue(bound.containsAll(graph.parameters().stream().map(Node::name).toList()), head.name());
            }
        }
    }

    @Test
    void computesEveryHeadOfABatchButTheLossOfTheFirst() {
        Graph graph = define(BERT).graph(Operations.core(), new GraphRequest(List.of("span", "pooled"), false, true, false,
            false, false, Set.of(), Limits.of(8, 2)));
        assertEquals(Set.of("start_logits", "end_logits", "pooler_output", "loss"), graph.outputs().keySet());
    }

    @Test
    void drawsDropoutOnlyInTraining() {
        ModelDefinition definition = define(BERT);
        assertEquals(0, dropouts(definition.graph(Operations.core(), GraphRequest.training("classification", false,
            Limits.of(8, 2)))));
        // the embeddings, two parts of two layers, the classifier
        assertEquals(1 + 2 * 2 + 1, dropouts(definition.graph(Operations.core(),
            GraphRequest.training("classification", true, Limits.of(8, 2)))));
    }

    @Test
    void refusesCachesAndUnknownHeads() {
        ModelDefinition definition = define(BERT);
        assertEquals("model bert: head lm is not one of its heads [mlm, next_sentence, pretraining, pooled, classification,"
            + " span, tokens]. Choose one of these.", assertThrows(TransomException.class, () -> definition.graph(
                Operations.core(), GraphRequest.whole(List.of("lm"), Limits.of(4, 1)))).getMessage());
        assertEquals("model bert: a causal model or an encoder-decoder is required for a graph over caches; this is an"
            + " encoder. Ask for whole rows.", assertThrows(TransomException.class, () -> definition.graph(
                Operations.core(), new GraphRequest(List.of("mlm"), true, false, false, false, false, Set.of(),
                    Limits.of(4, 1)))).getMessage());
    }

    @Test
    void refusesAnActivationThatNobodyBrings() {
        ModelDefinition definition = define(BERT, "hidden_act", "sine");
        assertEquals("activation sine: an operation of this name is required (capability dev.transom.operation; name=sine);"
            + " no installed bundle brings it. Install one that does.", assertThrows(TransomException.class, () ->
                definition.graph(Operations.core(), GraphRequest.whole(List.of("mlm"), Limits.of(4, 1)))).getMessage());
    }

    private static ModelDefinition define(Map<String, Object> base, Object... changes) {
        return new EncoderArchitecture().define(config(base, changes));
    }

    private static String defaultHead(Map<String, Object> base, String architecture) {
        return define(base, "architectures", List.of(architecture)).facts().defaultHead();
    }

    private static List<String> heads(Map<String, Object> base, Object... changes) {
        return define(base, changes).facts().heads().stream().map(Head::name).toList();
    }

    private static String stored(String parameter, String... stored) {
        return ((Binding.Stored) define(BERT).bindings(Set.of(stored)).get(parameter)).name();
    }

    private static long parameters(Config config, String head) {
        return new EncoderArchitecture().define(config).graph(Operations.core(),
            GraphRequest.whole(List.of(head), Limits.of(1, 1))).parameters().stream()
            .mapToLong(node -> ((Type.TensorType) node.types().getFirst()).shape().maxElements()).sum();
    }

    private static long dropouts(Graph graph) {
        return graph.nodes().stream().filter(node -> node.operation().equals("dropout")).count();
    }
}
