package dev.transom.architecture.transformer.internal;

import dev.transom.api.config.Config;
import dev.transom.nn.Recipe.Structure;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A recipe as config.json spells it, validated. Without the four choices it is the Transformer of 2017.
 *
 * @param positions    longest row
 * @param prefix       tokens of a prefix decoder that see each other, else 0
 * @param position     sinusoidal, learned, rope, alibi or none
 * @param activation   relu, gelu, swiglu, geglu, or an operation's name, gated where {@code -gated} follows
 * @param place        where norms stand
 * @param norm         LN, RMS-LN, or an operation's name
 * @param eps          of the norm
 * @param bias         whether linear layers and layer norms have biases
 * @param tied         the output layer is the embedding table
 */
record TransformerConfig(Structure structure, int hidden, int heads, int headDim, int encoderLayers, int decoderLayers,
        int inner, int vocabulary, int positions, int prefix, String position, double theta, String activation, Place place,
        String norm, double eps, boolean bias, boolean tied, double dropout) {

    private static final List<String> POSITIONS = List.of("sinusoidal", "learned", "rope", "alibi", "none");
    static final String LAYER_NORM = "LN";
    static final String RMS_NORM = "RMS-LN";

    /** Where norms stand: after the residual sum, before the part, or after a sum whose residual is scaled (DeepNorm). */
    enum Place { POST, PRE, DEEP }

    static TransformerConfig read(Config config) {
        Structure structure = structure(config);
        int hidden = config.size("hidden_size");
        int heads = config.size("num_heads");
        int headDim = headDim(config, hidden, heads);
        String position = position(config, headDim);
        String normalisation = config.text("normalisation", "post-LN");
        int dash = normalisation.indexOf('-');
        String norm = normalisation.substring(dash + 1);
        boolean encodes = structure == Structure.ENCODER || structure == Structure.CAUSAL_ENCODER;
        boolean both = structure == Structure.ENCODER_DECODER;
        return new TransformerConfig(structure, hidden, heads, headDim, encodes || both ? config.size("encoder_layers") : 0,
            encodes ? 0 : config.size("decoder_layers"), config.size("ffn_size"), config.size("vocab_size"),
            config.size("max_positions"), structure == Structure.PREFIX_DECODER ? config.size("prefix_length") : 0,
            position, positive(config, "rope_theta", 10000), config.text("activation", "relu"), place(config, normalisation),
            norm, norm.equals(LAYER_NORM) ? positive(config, "layer_norm_eps", 1e-5) : positive(config, "rms_norm_eps", 1e-6),
            config.flag("bias", norm.equals(LAYER_NORM)), config.flag("tie_word_embeddings", true), dropout(config));
    }

    private static Structure structure(Config config) {
        String word = config.text("structure", "encoder-decoder");
        return Arrays.stream(Structure.values()).filter(each -> word(each).equals(word)).findFirst().orElseThrow(() ->
            config.wrong("structure", "one of " + Arrays.stream(Structure.values()).map(TransformerConfig::word).toList(), word));
    }

    private static String word(Structure structure) {
        return structure.label().replace(' ', '-');
    }

    private static int headDim(Config config, int hidden, int heads) {
        if (config.has("head_dim")) {
            return config.size("head_dim");
        }
        if (hidden % heads != 0) {
            throw config.wrong("hidden_size", "a multiple of num_heads " + heads + ", where head_dim is absent", hidden);
        }
        return hidden / heads;
    }

    private static String position(Config config, int headDim) {
        String position = config.text("position", POSITIONS.getFirst());
        if (!POSITIONS.contains(position)) {
            throw config.wrong("position", "one of " + POSITIONS, position);
        }
        if (position.equals("rope") && headDim % 2 != 0) {
            throw config.wrong("head_dim", "even for rope", headDim);
        }
        return position;
    }

    private static Place place(Config config, String normalisation) {
        for (Place place : Place.values()) {
            if (normalisation.startsWith(place.name().toLowerCase(Locale.ROOT) + "-")) {
                return place;
            }
        }
        throw config.wrong("normalisation", "post-, pre- or deep- and then LN, RMS-LN or the name of an operation",
            normalisation);
    }

    private static double positive(Config config, String key, double otherwise) {
        double value = config.real(key, otherwise);
        if (!(value > 0)) {
            throw config.wrong(key, "positive", value);
        }
        return value;
    }

    private static double dropout(Config config) {
        double p = config.real("dropout", 0);
        if (!(p >= 0 && p < 1)) {
            throw config.wrong("dropout", "at least 0 and below 1", p);
        }
        return p;
    }
}
