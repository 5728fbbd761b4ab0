package dev.transom.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.Inputs;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.graph.Graph;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Operations;
import dev.transom.graph.ReferenceArguments.ReferenceCache;
import dev.transom.nn.Recipe.Structure;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Prefill and decode over a paged cache give what one pass over whole rows gives. */
class CacheTest {

    private static final List<int[]> ROWS = List.of(new int[] {3, 1, 4, 1, 5, 9}, new int[] {2, 7, 1, 8});
    private static final List<int[]> SOURCES = List.of(new int[] {6, 6, 2}, new int[] {1, 0, 10, 5, 8});

    static Stream<Arguments> generatingRecipes() {
        return Stream.of(Structure.values()).filter(structure -> structure != Structure.ENCODER).flatMap(structure ->
            Fixture.POSITIONS.stream().flatMap(position -> Fixture.NORMALISATIONS.stream().map(normalisation ->
                Arguments.of(structure, position, normalisation))));
    }

    @ParameterizedTest
    @MethodSource("generatingRecipes")
    void prefillAndDecodeEqualOnePass(Structure structure, Position position, String normalisation) {
        RecipeModel model = Fixture.model(Fixture.recipe(structure, position, Fixture.FEED_FORWARDS.get(2), normalisation));
        // Row 0 in steps of 4 and 2 tokens, row 1 in steps of 3 and 1; a prefix comes at once.
        assertArrayEquals(Fixture.logits(model, ROWS, SOURCES), stepped(model, new int[] {4, 3}), 1e-12);
    }

    @Test
    void groupedHeadsAndWindowsAreCachedToo() {
        Attention attention = Attention.of(4, 6).grouped(2).withHeadNorm(new Norm.RmsNorm(1e-6));
        Recipe recipe = Recipe.builder(Structure.DECODER).hidden(Fixture.HIDDEN).layers(2).maxPositions(10)
            .embedding(Embedding.of(Fixture.VOCABULARY, Fixture.HIDDEN)).position(Rope.of(4, 100))
            .attention(attention.withFused())
            .feedForward(Fixture.FEED_FORWARDS.get(3)).normalisation(new Normalisation.PreNorm(new Norm.RmsNorm(1e-6)))
            .deviating((index, layer) -> layer.with(windowed(layer.selfAttention(), 2 + index)))
            .build();
        RecipeModel model = Fixture.model(recipe);
        assertArrayEquals(Fixture.logits(model, ROWS, SOURCES), stepped(model, new int[] {2, 3}), 1e-12);
    }

    private static Attention windowed(Attention attention, int positions) {
        return attention.with(attention.mask().withWindow(positions));
    }

    @Test
    void encodersRefuseCaches() {
        RecipeModel model = Fixture.model(Fixture.recipe(Structure.ENCODER, Fixture.POSITIONS.get(1),
            Fixture.FEED_FORWARDS.get(0), "post-LN"));
        assertEquals("model test: a causal model or an encoder-decoder is required for a graph over caches; this is an encoder."
            + " Ask for whole rows.", assertThrows(TransomException.class,
                () -> model.graph(Operations.core(), GraphRequest.generation(Fixture.limits()))).getMessage());
    }

    /** Two steps; the logits of each row joined in order. */
    private static double[] stepped(RecipeModel model, int[] first) {
        GraphRequest request = new GraphRequest(List.of("lm"), true, false, false, false, false, Set.of(), Fixture.limits());
        Graph graph = model.graph(Operations.core(), request);
        Map<String, ReferenceCache> caches = Fixture.caches(graph, ROWS.size());
        int[] ends = ROWS.stream().mapToInt(row -> row.length).toArray();
        double[] early = step(model, graph, caches, new int[2], first, true);
        double[] late = step(model, graph, caches, first, ends, false);
        double[] joined = new double[early.length + late.length];
        int at = copy(early, 0, first[0], joined, 0);
        at = copy(late, 0, ends[0] - first[0], joined, at);
        at = copy(early, first[0], first[1], joined, at);
        copy(late, ends[0] - first[0], ends[1] - first[1], joined, at);
        return joined;
    }

    private static int copy(double[] from, int token, int tokens, double[] to, int at) {
        System.arraycopy(from, token * Fixture.VOCABULARY, to, at, tokens * Fixture.VOCABULARY);
        return at + tokens * Fixture.VOCABULARY;
    }

    /** Sources are read in the first step only. */
    private static double[] step(RecipeModel model, Graph graph, Map<String, ReferenceCache> caches, int[] from, int[] to,
            boolean reads) {
        Map<String, HostTensor> inputs = new HashMap<>(Fixture.step(model, graph, "", ROWS, from, to));
        if (model.facts().structure() == ModelFacts.Structure.ENCODER_DECODER) {
            int[] ends = SOURCES.stream().mapToInt(row -> row.length).toArray();
            inputs.putAll(Fixture.step(model, graph, Inputs.SOURCE, SOURCES, reads ? new int[2] : ends, ends));
        }
        return Fixture.run(graph, inputs, caches).get("logits").reals();
    }
}
