package dev.transom.nn;

import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.Head;
import dev.transom.api.tensor.Binding;
import dev.transom.graph.AttentionMask;
import dev.transom.graph.Node;
import dev.transom.graph.Operations;
import dev.transom.nn.Recipe.Structure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A model of random choices that generates, drawn from a seed: structure, sizes, position, attention, norms, heads. */
final class RandomRecipe {

    private final SplittableRandom random;

    private RandomRecipe(long seed) {
        this.random = new SplittableRandom(seed);
    }

    static RecipeModel of(long seed) {
        return new RandomRecipe(seed).model(seed);
    }

    private RecipeModel model(long seed) {
        Structure structure = one(Structure.CAUSAL_ENCODER, Structure.DECODER, Structure.DECODER, Structure.PREFIX_DECODER,
            Structure.ENCODER_DECODER);
        int hidden = between(3, 40);
        int vocabulary = between(8, 90);
        int maxPositions = between(13, 40);
        Position position = position(maxPositions);
        boolean narrow = random.nextInt(6) == 0;
        int width = narrow ? between(2, 20) : hidden;
        if (position instanceof Position.Sinusoidal) {
            width += width % 2;
            hidden = narrow ? hidden : width;
        }
        Norm norm = norm();
        RecipeBuilder builder = Recipe.builder(structure).hidden(hidden).layers(between(1, 3), between(1, 3))
            .maxPositions(maxPositions).prefix(between(1, 8)).embedding(embedding(vocabulary, width))
            .attention(attention(position))
            .position(position).feedForward(feedForward()).dropout(0.1, 0.2);
        switch (random.nextInt(3)) {
            case 0 -> builder.normalisation(new Normalisation.PreNorm(norm));
            case 1 -> builder.normalisation(new Normalisation.PostNorm(norm));
            default -> builder.deepNorm(norm);
        }
        if (random.nextBoolean()) {
            int window = between(1, 9);
            builder.deviating((index, layer) -> index % 2 == 0 ? layer : layer.with(windowed(layer.selfAttention(), window)));
        }
        List<ModelHead> heads = heads(vocabulary, width == hidden && random.nextBoolean());
        Recipe recipe = builder.build();
        RecipeModel model = new RecipeModel(recipe.facts("random-" + seed, "Random " + seed, heads, "lm"), recipe, heads,
            _ -> Map.of());
        Map<String, Binding> bindings = bindings(model);
        return new RecipeModel(model.facts(), recipe, heads, _ -> bindings);
    }

    /** Parameters are stored by their own names. */
    private static Map<String, Binding> bindings(RecipeModel model) {
        return model.heads().stream().map(head -> List.of(head.head().name()))
            .map(heads -> model.graph(Operations.core(), GraphRequest.whole(heads, GraphRequest.Limits.of(16, 2))))
            .flatMap(graph -> graph.parameters().stream()).map(Node::name).distinct()
            .collect(Collectors.toMap(name -> name, Binding::stored));
    }

    private Embedding embedding(int vocabulary, int width) {
        Embedding embedding = Embedding.of(vocabulary, width);
        embedding = random.nextInt(3) == 0 ? embedding.scaled(Math.sqrt(width)) : embedding;
        embedding = random.nextInt(4) == 0 ? embedding.withTypes(2) : embedding;
        return random.nextInt(3) == 0 ? embedding.with(norm()) : embedding;
    }

    /** The width of a head is even where it is turned. */
    private Attention attention(Position position) {
        int headDim = position instanceof Rope rope ? rope.dim() + random.nextInt(6) : between(1, 20);
        int kvHeads = between(1, 3);
        Attention attention = Attention.of(kvHeads * between(1, 4), headDim).grouped(kvHeads)
            .biased(new Attention.Bias(random.nextBoolean(), random.nextBoolean(), random.nextBoolean(), random.nextBoolean()));
        attention = random.nextInt(4) == 0 ? attention.withFused() : attention;
        attention = random.nextInt(4) == 0 ? attention.withHeadNorm(new Norm.RmsNorm(1e-5)) : attention;
        attention = random.nextInt(4) == 0 ? windowed(attention, between(1, 9)) : attention;
        AttentionMask mask = attention.mask();
        return random.nextInt(5) == 0
            ? attention.with(new AttentionMask(mask.causal(), mask.window(), mask.prefix(), mask.scale(), 2.5)) : attention;
    }

    private static Attention windowed(Attention attention, int window) {
        return attention.with(attention.mask().withWindow(window));
    }

    private Position position(int maxPositions) {
        return switch (random.nextInt(8)) {
            case 0 -> new Position.None();
            case 1 -> new Position.Sinusoidal(one("interleaved", "halves"));
            case 2 -> new Position.Learned(maxPositions);
            case 3 -> new Position.Alibi();
            default -> rope();
        };
    }

    private Rope rope() {
        int dim = 2 * between(2, 9);
        List<Double> divisors = IntStream.range(0, dim / 2).mapToObj(i -> 1 + 0.1 * i).toList();
        List<Double> more = divisors.stream().map(each -> 2 * each).toList();
        RopeScaling scaling = one(new RopeScaling.None(), new RopeScaling.None(), new RopeScaling.Linear(3),
            new RopeScaling.Dynamic(4, 8), new RopeScaling.Llama3(8, 1, 4, 32), new RopeScaling.Yarn(4, 32, 32, 1, 1.14, true),
            new RopeScaling.LongRope(divisors, more, 9, 1.2));
        return new Rope(dim, one(100.0, 10_000.0), one("halves", "interleaved"), scaling);
    }

    private FeedForward feedForward() {
        String activation = one("relu", "gelu", "gelu_tanh", "silu", "quick_gelu", "tanh");
        int inner = between(1, 70);
        return random.nextBoolean() ? new FeedForward.Mlp(activation, inner, random.nextBoolean())
            : new FeedForward.GatedMlp(activation, inner, random.nextBoolean(), random.nextBoolean());
    }

    private Norm norm() {
        return random.nextBoolean() ? new Norm.RmsNorm(1e-5) : new Norm.LayerNorm(1e-5, random.nextBoolean());
    }

    /** The head that generates, and sometimes one that reads rows. */
    private List<ModelHead> heads(int vocabulary, boolean tied) {
        List<ModelHead> heads = new ArrayList<>();
        VocabularyHead lm = VocabularyHead.lm(tied ? "embedding" : "lm_head", vocabulary);
        heads.add(random.nextInt(3) == 0 ? lm.biased("lm_head.bias") : lm);
        if (random.nextInt(4) == 0) {
            heads.add(RowHead.of(Head.Labels.ROW_CLASS, Pooling.LAST, "score", between(2, 5)));
        }
        return heads;
    }

    private int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    @SafeVarargs
    private <T> T one(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
