package dev.transom.example.activation.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.GraphRequest.Limits;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.conformance.architecture.ArchitectureKit;
import dev.transom.graph.Graph;
import dev.transom.graph.Operations;
import dev.transom.nn.Attention;
import dev.transom.nn.BindingTable;
import dev.transom.nn.Embedding;
import dev.transom.nn.FeedForward;
import dev.transom.nn.ModelHead;
import dev.transom.nn.Norm;
import dev.transom.nn.Normalisation;
import dev.transom.nn.Position;
import dev.transom.nn.Recipe;
import dev.transom.nn.Recipe.Structure;
import dev.transom.nn.RecipeModel;
import dev.transom.nn.VocabularyHead;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A recipe names the activation; nothing else in it knows the plugin. */
class MishInARecipeTest {

    private static final int LAYERS = 2;
    private static final int HIDDEN = 16;
    private static final int VOCABULARY = 23;

    private final Operations operations = WithCore.operations(new Mish());
    private final ModelDefinition model = model();

    /** Caches, batches and gradients of a whole model are right with it. */
    @TestFactory
    Stream<DynamicTest> keepsTheContractOfAnArchitecture() {
        return new ArchitectureKit(model, operations).checks().stream()
            .map(check -> dynamicTest(check.name(), () -> assertEquals(List.of(), check.broken())));
    }

    @Test
    void standsOnceInEachLayer() {
        assertEquals(LAYERS, graph(operations).nodes().stream().filter(node -> node.operation().equals("mish")).count());
        assertEquals("Example: decoder, ALiBi, mish, pre-LN, 2 layers of 16", model.facts().description());
    }

    @Test
    void isAskedForByItsCapabilityWhereItIsNotInstalled() {
        assertEquals("activation mish: an operation of this name is required (capability dev.transom.operation; name=mish);"
            + " no installed bundle brings it. Install one that does.",
            assertThrows(TransomException.class, () -> graph(Operations.core())).getMessage());
    }

    private Graph graph(Operations known) {
        return model.graph(known, GraphRequest.whole(List.of("lm"), Limits.of(8, 2)));
    }

    private static ModelDefinition model() {
        Recipe recipe = Recipe.builder(Structure.DECODER).hidden(HIDDEN).layers(LAYERS).maxPositions(20)
            .embedding(Embedding.of(VOCABULARY, HIDDEN)).position(new Position.Alibi()).attention(Attention.of(2, HIDDEN / 2))
            .feedForward(new FeedForward.Mlp("mish", 24, true))
            .normalisation(new Normalisation.PreNorm(new Norm.LayerNorm(1e-5))).build();
        List<ModelHead> heads = List.of(VocabularyHead.lm("embedding", VOCABULARY));
        return new RecipeModel(recipe.facts("example", "Example", heads, "lm"), recipe, heads, stored ->
            new BindingTable(LAYERS, stored).row("embedding", "embedding").row("decoder.final_norm", "norm")
                .row("decoder.layers.*.self_attention_norm", "layers.*.norm1")
                .row("decoder.layers.*.feed_forward_norm", "layers.*.norm2")
                .row("decoder.layers.*.self_attention.q_proj", "layers.*.q")
                .row("decoder.layers.*.self_attention.k_proj", "layers.*.k")
                .row("decoder.layers.*.self_attention.v_proj", "layers.*.v")
                .row("decoder.layers.*.self_attention.o_proj", "layers.*.o")
                .row("decoder.layers.*.feed_forward.up_proj", "layers.*.up")
                .row("decoder.layers.*.feed_forward.down_proj", "layers.*.down")
                .build());
    }
}
