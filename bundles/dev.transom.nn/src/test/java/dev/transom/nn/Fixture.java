package dev.transom.nn;

import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.Inputs;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.architecture.RaggedBatch;
import dev.transom.graph.Graph;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Node;
import dev.transom.graph.Operations;
import dev.transom.graph.Precision;
import dev.transom.graph.ReferenceArguments.ReferenceCache;
import dev.transom.graph.ReferenceRun;
import dev.transom.graph.Type;
import dev.transom.nn.Recipe.Structure;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Small models with random weights, run by the reference in float64. */
final class Fixture {

    static final int VOCABULARY = 11;
    static final int HIDDEN = 12;
    static final int BLOCK = 3;
    static final int BLOCKS = 4;

    private Fixture() {
    }

    static final List<Position> POSITIONS = List.of(new Position.Sinusoidal("interleaved"), new Position.Learned(10),
        Rope.of(4, 100), new Position.Alibi());
    static final List<FeedForward> FEED_FORWARDS = List.of(new FeedForward.Mlp("relu", 7, true),
        new FeedForward.Mlp("gelu", 7, true), new FeedForward.GatedMlp("silu", 7, true),
        new FeedForward.GatedMlp("gelu", 7, true));
    static final List<String> NORMALISATIONS = List.of("post-LN", "pre-LN", "deep-LN", "pre-RMS-LN");

    /** One of the 320 combinations. */
    static Recipe recipe(Structure structure, Position position, FeedForward feedForward, String normalisation) {
        RecipeBuilder builder = Recipe.builder(structure).hidden(HIDDEN).layers(2).maxPositions(10).prefix(3)
            .embedding(Embedding.of(VOCABULARY, HIDDEN)).position(position).feedForward(feedForward)
            .attention(Attention.of(3, 4).biased(Attention.Bias.ALL));
        Norm layerNorm = new Norm.LayerNorm(1e-5);
        return (switch (normalisation) {
            case "post-LN" -> builder.normalisation(new Normalisation.PostNorm(layerNorm));
            case "pre-LN" -> builder.normalisation(new Normalisation.PreNorm(layerNorm));
            case "deep-LN" -> builder.deepNorm(layerNorm);
            default -> builder.normalisation(new Normalisation.PreNorm(new Norm.RmsNorm(1e-6)));
        }).build();
    }

    static RecipeModel model(Recipe recipe, ModelHead... heads) {
        List<ModelHead> all = heads.length == 0 ? List.of(VocabularyHead.lm("embedding", VOCABULARY)) : List.of(heads);
        return new RecipeModel(recipe.facts("test", "Test", all, all.getFirst().head().name()), recipe, all, _ -> Map.of());
    }

    /** Random values for every parameter of a graph, by name, so that graphs of one model share them. */
    static Map<String, HostTensor> weights(Graph graph) {
        Map<String, HostTensor> weights = new HashMap<>();
        for (Node node : graph.parameters()) {
            HostTensor tensor = HostTensor.zeros((Type.TensorType) node.types().getFirst());
            Random random = new Random(node.name().hashCode());
            Arrays.setAll(tensor.reals(), _ -> random.nextGaussian() * 0.5);
            weights.put(node.name(), tensor);
        }
        return weights;
    }

    static Map<String, HostTensor> run(Graph graph, Map<String, HostTensor> inputs, Map<String, ReferenceCache> caches) {
        return new ReferenceRun(graph, Operations.core(), Precision.FLOAT64).run(inputs, weights(graph), caches);
    }

    static GraphRequest.Limits limits() {
        return new GraphRequest.Limits(24, 4, BLOCKS, BLOCK, 24);
    }

    static GraphRequest whole(String head) {
        return GraphRequest.whole(List.of(head), limits());
    }

    /** Logits of whole rows, one pass. */
    static double[] logits(RecipeModel model, List<int[]> rows, List<int[]> sources) {
        Graph graph = model.graph(Operations.core(), whole("lm"));
        Map<String, HostTensor> inputs = new HashMap<>(RaggedBatch.of(rows).inputs(model, graph, ""));
        if (model.facts().structure() == ModelFacts.Structure.ENCODER_DECODER) {
            inputs.putAll(RaggedBatch.of(sources).inputs(model, graph, Inputs.SOURCE));
        }
        return run(graph, inputs, Map.of()).get("logits").reals();
    }

    /** Empty caches of a graph: a table of BLOCKS blocks for each of {@code rows} rows. */
    static Map<String, ReferenceCache> caches(Graph graph, int rows) {
        Map<String, ReferenceCache> caches = new HashMap<>();
        for (Node node : graph.caches()) {
            Type.CacheType type = (Type.CacheType) node.types().getFirst();
            int vectors = rows * BLOCKS * BLOCK * type.kvHeads();
            caches.put(type.name(), new ReferenceCache(type, new double[vectors * type.keyDim()],
                new double[vectors * type.valueDim()]));
        }
        return caches;
    }

    /**
     * Inputs of a step over caches: row r continues at {@code from[r]} up to {@code to[r]}; its blocks are the odd ones of a
     * shuffled table, so that slots and positions differ.
     */
    static Map<String, HostTensor> step(RecipeModel model, Graph graph, String prefix, List<int[]> rows, int[] from, int[] to) {
        int count = rows.size();
        int[] tables = new int[count * BLOCKS];
        Arrays.setAll(tables, i -> (i % BLOCKS) * count + count - 1 - i / BLOCKS);
        List<int[]> parts = IntStream.range(0, count).mapToObj(r -> Arrays.copyOfRange(rows.get(r), from[r], to[r])).toList();
        List<int[]> positions = IntStream.range(0, count).mapToObj(r -> IntStream.range(from[r], to[r]).toArray()).toList();
        int[] slots = IntStream.range(0, count).flatMap(r -> IntStream.range(from[r], to[r])
            .map(p -> tables[r * BLOCKS + p / BLOCK] * BLOCK + p % BLOCK)).toArray();
        Map<String, HostTensor> inputs = new HashMap<>(new RaggedBatch(parts, List.of(), positions).inputs(model, graph, prefix));
        if (graph.input(prefix + Inputs.ROPE_FREQUENCIES).isPresent()) {
            double[] one = model.ropeFrequencies(1).orElseThrow();
            double[] all = new double[count * one.length];
            Arrays.setAll(all, i -> one[i % one.length]);
            inputs.put(prefix + Inputs.ROPE_FREQUENCIES, HostTensor.ofReals(all, count, one.length));
        }
        inputs.put(prefix + Inputs.SLOTS, HostTensor.ofInts(slots, slots.length));
        inputs.put(prefix + Inputs.LENGTHS, HostTensor.ofInts(to, count));
        inputs.put(prefix + Inputs.BLOCK_TABLES, HostTensor.ofInts(tables, count, BLOCKS));
        return inputs;
    }

    static Optional<Norm> layerNorm() {
        return Optional.of(new Norm.LayerNorm(1e-5));
    }
}
