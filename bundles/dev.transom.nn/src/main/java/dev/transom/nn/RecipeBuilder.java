package dev.transom.nn;

import dev.transom.api.TransomException;
import dev.transom.graph.AttentionMask;
import dev.transom.nn.Recipe.Structure;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/** Collects the choices of a {@link Recipe}; those without a default must be made. */
public final class RecipeBuilder {

    private static final int MOST_LAYERS = 10_000;

    private final Structure structure;
    private int hidden;
    private int encoderLayers;
    private int decoderLayers;
    private int maxPositions;
    private int prefix;
    private Embedding embedding;
    private Position position = new Position.None();
    private Attention attention;
    private FeedForward feedForward;
    private Normalisation encoderNormalisation;
    private Normalisation decoderNormalisation;
    private double embeddingDropout;
    private double dropout;
    private BiFunction<Integer, Layer, Layer> deviation = (_, layer) -> layer;

    RecipeBuilder(Structure structure) {
        this.structure = structure;
    }

    /** Width of the residual stream. */
    public RecipeBuilder hidden(int hidden) {
        this.hidden = hidden;
        return this;
    }

    /** Layers of each stack. */
    public RecipeBuilder layers(int layers) {
        return layers(layers, layers);
    }

    /** @throws TransomException for more layers than any model has, which would take all memory before anything is said of it */
    public RecipeBuilder layers(int encoder, int decoder) {
        int most = Math.max(encoder, decoder);
        if (most > MOST_LAYERS) {
            throw new TransomException("configuration: a stack must have at most " + MOST_LAYERS + " layers; it says " + most
                + ". Check the number of layers.");
        }
        this.encoderLayers = encoder;
        this.decoderLayers = decoder;
        return this;
    }

    public RecipeBuilder maxPositions(int positions) {
        this.maxPositions = positions;
        return this;
    }

    /** Positions of a prefix decoder that see each other. */
    public RecipeBuilder prefix(int positions) {
        this.prefix = positions;
        return this;
    }

    public RecipeBuilder embedding(Embedding embedding) {
        this.embedding = embedding;
        return this;
    }

    public RecipeBuilder position(Position position) {
        this.position = position;
        return this;
    }

    /** Heads, scale and biases; the structure gives the mask, {@link #position} the position. */
    public RecipeBuilder attention(Attention attention) {
        this.attention = attention;
        return this;
    }

    public RecipeBuilder feedForward(FeedForward feedForward) {
        this.feedForward = feedForward;
        return this;
    }

    public RecipeBuilder normalisation(Normalisation normalisation) {
        return normalisation(normalisation, normalisation);
    }

    public RecipeBuilder normalisation(Normalisation encoder, Normalisation decoder) {
        this.encoderNormalisation = encoder;
        this.decoderNormalisation = decoder;
        return this;
    }

    /** DeepNorm with the paper's alpha for the structure and the layers given so far. Wang et al. 2022, table 1. */
    public RecipeBuilder deepNorm(Norm norm) {
        double n = encoderLayers;
        double m = decoderLayers;
        return switch (structure) {
            case ENCODER_DECODER -> normalisation(new Normalisation.PostNorm(norm, 0.81 * Math.pow(n * n * n * n * m, 1.0 / 16)),
                new Normalisation.PostNorm(norm, Math.pow(3 * m, 0.25)));
            case ENCODER, CAUSAL_ENCODER -> normalisation(new Normalisation.PostNorm(norm, Math.pow(2 * n, 0.25)));
            case DECODER, PREFIX_DECODER -> normalisation(new Normalisation.PostNorm(norm, Math.pow(2 * m, 0.25)));
        };
    }

    /** Dropout of the embedding sum and of each part of a layer. */
    public RecipeBuilder dropout(double embedding, double parts) {
        this.embeddingDropout = embedding;
        this.dropout = parts;
        return this;
    }

    /** Changes single layers: from index in the stack and layer to layer. */
    public RecipeBuilder deviating(BiFunction<Integer, Layer, Layer> deviation) {
        this.deviation = deviation;
        return this;
    }

    public Recipe build() {
        boolean both = structure == Structure.ENCODER_DECODER;
        boolean encodes = both || structure == Structure.ENCODER || structure == Structure.CAUSAL_ENCODER;
        Optional<Stack> encoder = encodes
            ? Optional.of(stack("encoder", encoderLayers, structure == Structure.CAUSAL_ENCODER, false, encoderNormalisation))
            : Optional.empty();
        Optional<Stack> decoder = both || !encodes
            ? Optional.of(stack("decoder", decoderLayers, true, both, decoderNormalisation))
            : Optional.empty();
        return new Recipe(structure, maxPositions, structure == Structure.PREFIX_DECODER ? prefix : 0, encoder, decoder);
    }

    private Stack stack(String name, int count, boolean causal, boolean crosses, Normalisation normalisation) {
        AttentionMask given = attention.mask();
        int seen = structure == Structure.PREFIX_DECODER ? prefix : 0;
        Attention self = attention.with(position)
            .with(new AttentionMask(causal, given.window(), seen, given.scale(), given.softcap()));
        Optional<Attention> cross = crosses ? Optional.of(attention.with(new Position.None())
            .with(AttentionMask.bidirectional(given.scale()))) : Optional.empty();
        List<Layer> layers = IntStream.range(0, count).mapToObj(index -> deviation.apply(index,
            new Layer(Stack.layer(index), self, cross, feedForward, normalisation, dropout, false))).toList();
        return new Stack(name, hidden, embedding, position, layers, normalisation, embeddingDropout);
    }
}
