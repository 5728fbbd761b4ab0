package dev.transom.api.architecture;

import java.util.List;

/**
 * What everybody may know of a model.
 *
 * @param modelType    as in config.json
 * @param description  one line for people, for example "Llama: decoder, RoPE, SwiGLU, pre-RMS-LN, 24 layers of 1024"
 * @param structure    which generation it allows
 * @param hidden       width of the residual stream
 * @param layers       layers of the (decoder) stack
 * @param vocabulary   size of the output vocabulary
 * @param maxPositions longest row
 * @param prefix       positions that must come in one step before any other (prefix decoders), else 0
 * @param heads        heads that this configuration has
 * @param defaultHead  the head that {@code architectures[0]} names; empty when it names a model without a head
 */
public record ModelFacts(String modelType, String description, Structure structure, int hidden, int layers, int vocabulary,
        int maxPositions, int prefix, List<Head> heads, String defaultHead) {

    public ModelFacts {
        heads = List.copyOf(heads);
    }

    /** How a model may be run. */
    public enum Structure {
        /** Sees all of a row at once; generates nothing. */
        ENCODER,
        /** Each token sees earlier ones; generates. */
        CAUSAL,
        /** Reads a source, generates a target. */
        ENCODER_DECODER
    }

    public Head head(String name) {
        return heads.stream().filter(head -> head.name().equals(name)).findFirst().orElseThrow(() ->
            new dev.transom.api.TransomException("model " + modelType + ": head " + name + " is not one of its heads "
                + heads.stream().map(Head::name).toList() + ". Choose one of these."));
    }

    public boolean hasHead(String name) {
        return heads.stream().anyMatch(head -> head.name().equals(name));
    }
}
