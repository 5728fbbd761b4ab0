package dev.transom.nn;

import dev.transom.api.architecture.GraphRequest.Extra;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.graph.Value;
import java.util.List;
import java.util.Optional;

/**
 * What a transformer is made of: a structure and its stacks. The seed's table is {@link #builder}: structure × position ×
 * activation × normalisation; a named architecture is such a recipe with its deviations.
 *
 * <pre>{@code
 * Recipe llama = Recipe.builder(Structure.DECODER).vocabulary(32000).hidden(4096).layers(32).maxPositions(4096)
 *     .attention(Attention.of(32, 128)).position(Rope.of(128, 10000))
 *     .feedForward(new FeedForward.GatedMlp("silu", 11008, false))
 *     .normalisation(new Normalisation.PreNorm(new Norm.RmsNorm(1e-5))).build();
 * }</pre>
 *
 * @param structure    which stacks there are and what their tokens see
 * @param maxPositions longest row
 * @param prefix       positions that see each other in both directions (prefix decoders), else 0
 * @param encoder      the stack that reads
 * @param decoder      the stack that generates
 */
public record Recipe(Structure structure, int maxPositions, int prefix, Optional<Stack> encoder, Optional<Stack> decoder) {

    /** Which stacks there are and what their tokens see. */
    public enum Structure {
        /** One stack, every token sees its row. */
        ENCODER("encoder"),
        /** The encoder's stack, each token sees earlier ones. */
        CAUSAL_ENCODER("causal encoder"),
        /** One stack, each token sees earlier ones. */
        DECODER("decoder"),
        /** A decoder whose first tokens see each other in both directions. */
        PREFIX_DECODER("prefix decoder"),
        /** A decoder that also attends to an encoder's output. */
        ENCODER_DECODER("encoder-decoder");

        private final String label;

        Structure(String label) {
            this.label = label;
        }

        /** As people write it. */
        public String label() {
            return label;
        }

        boolean causal() {
            return this != ENCODER;
        }
    }

    public static RecipeBuilder builder(Structure structure) {
        return new RecipeBuilder(structure);
    }

    /** The stack whose output the heads read. */
    public Stack top() {
        return decoder.or(this::encoder).orElseThrow();
    }

    /** How a model of this recipe may be run. */
    public ModelFacts.Structure use() {
        return switch (structure) {
            case ENCODER -> ModelFacts.Structure.ENCODER;
            case ENCODER_DECODER -> ModelFacts.Structure.ENCODER_DECODER;
            case CAUSAL_ENCODER, DECODER, PREFIX_DECODER -> ModelFacts.Structure.CAUSAL;
        };
    }

    /** One line for people: "Llama: decoder, RoPE, SwiGLU, pre-RMS-LN, 24 layers of 1024". */
    public String describe(String family) {
        Stack top = top();
        String activation = top.layers().stream().findFirst().map(layer -> layer.feedForward().label() + ", ").orElse("");
        return family + ": " + structure.label() + ", " + top.position().label() + ", " + activation + top.normalisation().label()
            + ", " + top.layers().size() + " layers of " + top.hidden();
    }

    /** What every model of this recipe tells of itself. */
    public ModelFacts facts(String modelType, String family, List<ModelHead> heads, String defaultHead) {
        return new ModelFacts(modelType, describe(family), use(), top().hidden(), top().layers().size(),
            top().embedding().vocabulary(), maxPositions, prefix, heads.stream().map(ModelHead::head).toList(), defaultHead);
    }

    /** Inverse RoPE frequencies of a row of {@code length} positions; empty without RoPE. */
    public Optional<double[]> frequencies(int length) {
        return top().position().frequencies(length);
    }

    /**
     * Builds the stacks and the outputs of {@link Extra}.
     *
     * @return the last hidden state {@code [tokens, hidden]} of the stack that the heads read
     */
    public Value apply(Net net) {
        boolean given = net.request().embeddings();
        Value last;
        if (structure == Structure.ENCODER_DECODER) {
            Value states = encoder.orElseThrow().apply(net, net.source(), Optional.empty(), given, "encoder_hidden_states");
            last = decoder.orElseThrow().apply(net, net.target(), Optional.of(new Memory(states, net.source())), false,
                "decoder_hidden_states");
        } else {
            last = top().apply(net, net.target(), Optional.empty(), given, "hidden_states");
        }
        if (net.request().extras().contains(Extra.LAST_HIDDEN_STATE)) {
            net.g().output("last_hidden_state", last);
        }
        return last;
    }
}
