package dev.transom.architecture.transformer.internal;

import static dev.transom.architecture.transformer.internal.TransformerConfigTest.config;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.GraphRequest.Limits;
import dev.transom.api.architecture.Head;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.graph.Graph;
import dev.transom.graph.Node;
import dev.transom.graph.Operations;
import dev.transom.graph.Type;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TransformerArchitectureTest {

    @Test
    void countsTheParametersOfTheTransformerOf2017() {
        // table 37000 · 512
        // encoder layer 4 · (512² + 512) + 2 · 512 · 2048 + 2048 + 512 + 2 · 2 · 512 = 3 152 384
        // decoder layer 8 · (512² + 512) + 2 · 512 · 2048 + 2048 + 512 + 3 · 2 · 512 = 4 204 032
        assertEquals(18_944_000 + 6 * 3_152_384 + 6 * 4_204_032, parameters(graph(define())));
        assertEquals("Transformer: encoder-decoder, sinusoidal positions, ReLU, post-LN, 6 layers of 512",
            define().facts().description());
    }

    @Test
    void countsAMatrixMoreWhereTheOutputIsNotTied() {
        assertEquals(37000 * 512, parameters(graph(define("tie_word_embeddings", false))) - parameters(graph(define())));
    }

    @Test
    void trainsEachStructureOnItsOwnLabels() {
        assertEquals(List.of("mlm TOKEN"), heads("encoder"));
        assertEquals(List.of("mlm TOKEN", "lm NEXT_TOKEN"), heads("causal-encoder"));
        assertEquals(List.of("lm NEXT_TOKEN"), heads("decoder"));
        assertEquals(List.of("lm NEXT_TOKEN"), heads("prefix-decoder"));
        assertEquals(List.of("lm TOKEN"), heads("encoder-decoder"));
    }

    @Test
    void generatesWithCausalAndEncoderDecoderStructures() {
        for (String structure : List.of("causal-encoder", "decoder", "prefix-decoder", "encoder-decoder")) {
            ModelDefinition definition = define("structure", structure, "prefix_length", 3L, "position", "rope");
            Graph graph = definition.graph(Operations.core(), GraphRequest.generation(new Limits(8, 2, 4, 16, 8, 2)));
            // own cache of each layer, and that of the source where there is one
            assertEquals(structure.equals("encoder-decoder") ? 12 : 6, graph.caches().size(), structure);
        }
        assertEquals(3, define("structure", "prefix-decoder", "prefix_length", 3L).facts().prefix());
        assertEquals(ModelFacts.Structure.ENCODER, define("structure", "encoder").facts().structure());
    }

    @Test
    void takesAnyOperationForAnActivation() {
        Graph plain = graph(define("structure", "decoder", "activation", "quick_gelu"));
        assertEquals(6, count(plain, "quick_gelu"));
        Graph gated = graph(define("structure", "decoder", "activation", "quick_gelu-gated"));
        assertEquals(6, count(gated, "quick_gelu"));
        assertEquals(6, gated.parameters().stream().filter(node -> node.name().endsWith("gate_proj.weight")).count());
    }

    @Test
    void saysWhichOperationIsMissing() {
        ModelDefinition definition = define("activation", "mish");
        assertEquals("activation mish: an operation of this name is required (capability dev.transom.operation; name=mish);"
            + " no installed bundle brings it. Install one that does.",
            assertThrows(TransomException.class, () -> graph(definition)).getMessage());
        assertEquals("normalisation scale_norm: an operation of this name is required (capability dev.transom.operation;"
            + " name=scale_norm); no installed bundle brings it. Install one that does.",
            assertThrows(TransomException.class, () -> graph(define("normalisation", "pre-scale_norm"))).getMessage());
    }

    @Test
    void bindsEveryParameterWhateverIsChosen() {
        for (String norm : List.of("post-LN", "pre-RMS-LN")) {
            ModelDefinition definition = define("tie_word_embeddings", false, "position", "learned", "activation", "swiglu",
                "normalisation", norm);
            Set<String> bound = definition.bindings(Set.of()).keySet();
            assertEquals(List.of(), graph(definition).parameters().stream().map(Node::name)
                .filter(name -> !bound.contains(name)).toList());
        }
    }

    private static ModelDefinition define(Object... changes) {
        return new TransformerArchitecture().define(config(changes));
    }

    private static Graph graph(ModelDefinition definition) {
        return definition.graph(Operations.core(),
            GraphRequest.whole(List.of(definition.facts().defaultHead()), Limits.of(8, 2)));
    }

    private static List<String> heads(String structure) {
        List<Head> heads = define("structure", structure, "prefix_length", 2L).facts().heads();
        return heads.stream().map(head -> head.name() + " " + head.labels()).toList();
    }

    private static long parameters(Graph graph) {
        return graph.parameters().stream()
            .mapToLong(node -> ((Type.TensorType) node.types().getFirst()).shape().maxElements()).sum();
    }

    private static long count(Graph graph, String operation) {
        return graph.nodes().stream().filter(node -> node.operation().equals(operation)).count();
    }
}
