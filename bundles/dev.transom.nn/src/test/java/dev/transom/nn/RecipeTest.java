package dev.transom.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.GraphRequest.Extra;
import dev.transom.api.architecture.Inputs;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.architecture.RaggedBatch;
import dev.transom.graph.AttentionMask;
import dev.transom.graph.Autodiff;
import dev.transom.graph.Graph;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Node;
import dev.transom.graph.Operations;
import dev.transom.nn.Recipe.Structure;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What graphs a recipe builds. Values are compared with references by the architectures. */
class RecipeTest {

    private static final List<int[]> ROWS = List.of(new int[] {3, 1, 4, 1, 5, 9}, new int[] {2, 7, 1, 8});

    @ParameterizedTest
    @EnumSource
    void eachCombinationBuildsRunsAndDifferentiates(Structure structure) {
        for (Position position : Fixture.POSITIONS) {
            for (FeedForward feedForward : Fixture.FEED_FORWARDS) {
                for (String normalisation : Fixture.NORMALISATIONS) {
                    Recipe recipe = Fixture.recipe(structure, position, feedForward, normalisation);
                    assertEquals("Test: " + structure.label() + ", " + position.label() + ", " + feedForward.label() + ", "
                        + normalisation + ", 2 layers of 12", recipe.describe("Test"));
                    assertTrue(Double.isFinite(gradients(Fixture.model(recipe)).get("loss").reals()[0]));
                }
            }
        }
    }

    private static Map<String, HostTensor> gradients(RecipeModel model) {
        Graph forward = model.graph(Operations.core(), GraphRequest.training("lm", false, Fixture.limits()));
        List<String> parameters = forward.parameters().stream().map(Node::name).toList();
        Graph graph = Autodiff.withGradients(Operations.core(), forward, parameters);
        Map<String, HostTensor> inputs = new HashMap<>(RaggedBatch.of(ROWS).inputs(model, graph, ""));
        inputs.putAll(RaggedBatch.of(ROWS.reversed()).inputs(model, graph, Inputs.SOURCE));
        inputs.put(Inputs.LABELS, HostTensor.ofInts(new int[] {1, 2, 3, 4, 5, -100, 6, 7, 8, -100}, 10));
        Map<String, HostTensor> results = Fixture.run(graph, inputs, Map.of());
        parameters.forEach(name -> assertTrue(results.containsKey(Autodiff.gradientName(name)), name));
        return results;
    }

    @Test
    void parametersAreNamedByTheirPart() {
        Graph graph = Fixture.model(Fixture.recipe(Structure.ENCODER_DECODER, Fixture.POSITIONS.get(1),
            Fixture.FEED_FORWARDS.get(2), "pre-LN")).graph(Operations.core(), Fixture.whole("lm"));
        Set<String> names = graph.parameters().stream().map(Node::name).collect(Collectors.toCollection(TreeSet::new));
        assertTrue(names.containsAll(List.of("embedding.weight", "position.weight",
            "encoder.layers.1.self_attention.q_proj.weight", "decoder.layers.0.cross_attention.o_proj.bias",
            "decoder.layers.1.cross_attention_norm.weight", "decoder.layers.1.feed_forward.gate_proj.weight",
            "encoder.layers.0.feed_forward_norm.bias", "encoder.final_norm.weight", "decoder.final_norm.bias")),
            names.toString());
        // 2 tables and 2 final norms; a layer has 4 linear layers of attention, 3 of feed-forward and 2 norms, the decoder's
        // 4 and 1 more.
        assertEquals(2 + 2 * 2 * (4 + 3 + 2) + 2 * 2 * (4 + 3 + 2 + 4 + 1) + 4, names.size());
    }

    @Test
    void theStructureSetsTheMask() {
        assertEquals(new AttentionMask(false, 0, 0, 0.5, 0), mask(Structure.ENCODER));
        assertEquals(new AttentionMask(true, 0, 0, 0.5, 0), mask(Structure.CAUSAL_ENCODER));
        assertEquals(new AttentionMask(true, 0, 0, 0.5, 0), mask(Structure.DECODER));
        assertEquals(new AttentionMask(true, 0, 3, 0.5, 0), mask(Structure.PREFIX_DECODER));
    }

    private static AttentionMask mask(Structure structure) {
        Recipe recipe = Fixture.recipe(structure, Fixture.POSITIONS.get(2), Fixture.FEED_FORWARDS.get(0), "pre-LN");
        return recipe.top().layers().getFirst().selfAttention().mask();
    }

    @Test
    void factsSayHowAModelMayBeRun() {
        RecipeModel model = Fixture.model(Fixture.recipe(Structure.PREFIX_DECODER, Fixture.POSITIONS.get(2),
            Fixture.FEED_FORWARDS.get(0), "pre-LN"));
        assertEquals(new ModelFacts("test", "Test: prefix decoder, RoPE, ReLU, pre-LN, 2 layers of 12",
            ModelFacts.Structure.CAUSAL, 12, 2, 11, 10, 3, model.facts().heads(), "lm"), model.facts());
        assertArrayEquals(new double[] {1, 0.1}, model.ropeFrequencies(5).orElseThrow(), 1e-12);
    }

    /** Wang et al. 2022, table 1, for 2 layers: (2·2)^¼; 0.81·(2⁴·2)^(1/16) and (3·2)^¼. */
    @Test
    void deepNormHasThePapersAlpha() {
        assertEquals(Math.sqrt(2), alpha(Structure.DECODER, "decoder"), 1e-12);
        assertEquals(0.81 * Math.pow(32, 1.0 / 16), alpha(Structure.ENCODER_DECODER, "encoder"), 1e-12);
        assertEquals(Math.pow(6, 0.25), alpha(Structure.ENCODER_DECODER, "decoder"), 1e-12);
    }

    private static double alpha(Structure structure, String stack) {
        Recipe recipe = Fixture.recipe(structure, Fixture.POSITIONS.get(2), Fixture.FEED_FORWARDS.get(0), "deep-LN");
        Stack chosen = Stream.of(recipe.encoder(), recipe.decoder()).flatMap(found -> found.stream())
            .filter(found -> found.name().equals(stack)).findFirst().orElseThrow();
        return ((Normalisation.PostNorm) chosen.normalisation()).alpha();
    }

    /** Six heads: four slopes 2^(−2k), then every other one of the eight 2^(−k). */
    @Test
    void alibiSlopesFallByHeadAlsoBetweenPowersOfTwo() {
        assertArrayEquals(new double[] {0.25, 0.0625, 1 / 64.0, 1 / 256.0, 0.5, 0.125}, new Position.Alibi().slopes(6), 1e-12);
        assertArrayEquals(new double[] {1 / 16.0, 1 / 256.0}, new Position.Alibi().slopes(2), 1e-12);
    }

    @Test
    void rowsAloneEqualRowsTogether() {
        RecipeModel model = Fixture.model(Fixture.recipe(Structure.DECODER, Fixture.POSITIONS.get(2),
            Fixture.FEED_FORWARDS.get(2), "pre-RMS-LN"));
        double[] together = Fixture.logits(model, ROWS, List.of());
        double[] second = Fixture.logits(model, ROWS.subList(1, 2), List.of());
        assertArrayEquals(second, Arrays.copyOfRange(together, 6 * Fixture.VOCABULARY, together.length), 1e-12);
    }

    @Test
    void hiddenStatesGoFromEmbeddingsToTheFinalNorm() {
        RecipeModel model = model();
        Graph graph = model.graph(Operations.core(), GraphRequest.whole(List.of(), Fixture.limits())
            .with(Extra.HIDDEN_STATES, Extra.LAST_HIDDEN_STATE));
        assertEquals(List.of("hidden_states.0", "hidden_states.1", "hidden_states.2", "last_hidden_state"),
            List.copyOf(graph.outputs().keySet()));
        assertEquals(graph.outputs().get("hidden_states.2"), graph.outputs().get("last_hidden_state"));
        assertEquals("layer_norm", graph.node(graph.outputs().get("last_hidden_state")).operation());
    }

    @Test
    void noHeadMeansTheLastHiddenState() {
        Graph graph = model().graph(Operations.core(), GraphRequest.whole(List.of(), Fixture.limits()));
        assertEquals(Set.of("last_hidden_state"), graph.outputs().keySet());
    }

    @Test
    void selectedLogitsAreThoseOfTheTokensAsked() {
        RecipeModel model = model();
        GraphRequest request = new GraphRequest(List.of("lm"), false, false, false, false, true, Set.of(), Fixture.limits());
        Graph graph = model.graph(Operations.core(), request);
        Map<String, HostTensor> inputs = new HashMap<>(RaggedBatch.of(ROWS).inputs(model, graph, ""));
        inputs.put(Inputs.SELECTED, HostTensor.ofInts(new int[] {9, 2}, 2));
        double[] selected = Fixture.run(graph, inputs, Map.of()).get("logits").reals();
        double[] all = Fixture.logits(model, ROWS, List.of());
        assertArrayEquals(Arrays.copyOfRange(all, 9 * 11, 10 * 11), Arrays.copyOfRange(selected, 0, 11), 1e-12);
        assertArrayEquals(Arrays.copyOfRange(all, 2 * 11, 3 * 11), Arrays.copyOfRange(selected, 11, 22), 1e-12);
    }

    @Test
    void embeddingRowsMayComeInPlaceOfIds() {
        RecipeModel model = model();
        GraphRequest request = new GraphRequest(List.of("lm"), false, false, false, true, false, Set.of(), Fixture.limits());
        Graph graph = model.graph(Operations.core(), request);
        assertFalse(graph.input(Inputs.TOKENS).isPresent());
        double[] table = Fixture.weights(graph).get("embedding.weight").reals();
        double[] rows = ROWS.stream().flatMapToInt(Arrays::stream).boxed()
            .flatMapToDouble(id -> Arrays.stream(table, id * 12, id * 12 + 12)).toArray();
        Map<String, HostTensor> inputs = new HashMap<>(RaggedBatch.of(ROWS).inputs(model, graph, ""));
        inputs.put(Inputs.EMBEDDINGS, HostTensor.ofReals(rows, 10, 12));
        assertArrayEquals(Fixture.logits(model, ROWS, List.of()), Fixture.run(graph, inputs, Map.of()).get("logits").reals(),
            1e-12);
    }

    @Test
    void dropoutDrawsEachTimeFromItsOwnStream() {
        Recipe recipe = Recipe.builder(Structure.DECODER).hidden(12).layers(2).maxPositions(10).embedding(Embedding.of(11, 12))
            .position(new Position.Learned(10)).attention(Attention.of(3, 4)).feedForward(new FeedForward.Mlp("gelu", 7, true))
            .normalisation(new Normalisation.PreNorm(new Norm.LayerNorm(1e-5))).dropout(0.1, 0.2).build();
        RecipeModel model = Fixture.model(recipe);
        assertEquals(List.of(), dropouts(model.graph(Operations.core(), GraphRequest.training("lm", false, Fixture.limits()))));
        List<Node> drawn = dropouts(model.graph(Operations.core(), GraphRequest.training("lm", true, Fixture.limits())));
        assertEquals(List.of(0.1, 0.2, 0.2, 0.2, 0.2), drawn.stream().map(node -> node.attributes().real("p")).toList());
        assertEquals(5, drawn.stream().map(node -> node.attributes().integer("id")).distinct().count());
    }

    private static List<Node> dropouts(Graph graph) {
        return graph.nodes().stream().filter(node -> node.operation().equals("dropout")).toList();
    }

    @Test
    void aGraphOfAModelIsAlwaysTheSame() {
        GraphRequest request = GraphRequest.generation(Fixture.limits());
        String first = model().graph(Operations.core(), request).fingerprint();
        assertEquals(first, model().graph(Operations.core(), request).fingerprint());
    }

    @Test
    void anActivationThatNobodyBringsIsRefused() {
        RecipeModel model = Fixture.model(Fixture.recipe(Structure.DECODER, Fixture.POSITIONS.get(1),
            new FeedForward.Mlp("mish", 7, true), "pre-LN"));
        assertEquals("activation mish: an operation of this name is required (capability dev.transom.operation; name=mish); no"
            + " installed bundle brings it. Install one that does.", assertThrows(TransomException.class,
                () -> model.graph(Operations.core(), Fixture.whole("lm"))).getMessage());
    }

    @Test
    void aHeadThatTheModelLacksIsRefused() {
        assertEquals("model test: head mlm is not one of its heads [lm]. Choose one of these.",
            assertThrows(TransomException.class, () -> model().graph(Operations.core(), Fixture.whole("mlm"))).getMessage());
    }

    @Test
    void moreLayersThanAnyModelHasAreRefused() {
        assertEquals("configuration: a stack must have at most 10000 layers; it says 2000000000. Check the number of layers.",
            assertThrows(TransomException.class, () -> Recipe.builder(Structure.DECODER).layers(2_000_000_000)).getMessage());
    }

    @Test
    void aLossNeedsAHead() {
        GraphRequest request = new GraphRequest(List.of(), false, true, false, false, false, Set.of(), Fixture.limits());
        assertEquals("model test: a loss requires a head and whole rows; the request has no head. Ask for one of its heads [lm]"
            + " without caches.",
            assertThrows(TransomException.class, () -> model().graph(Operations.core(), request)).getMessage());
    }

    private static RecipeModel model() {
        return Fixture.model(Fixture.recipe(Structure.DECODER, Fixture.POSITIONS.get(1), Fixture.FEED_FORWARDS.get(1), "pre-LN"));
    }
}
