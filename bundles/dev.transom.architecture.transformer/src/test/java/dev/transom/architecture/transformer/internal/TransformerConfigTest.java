package dev.transom.architecture.transformer.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.TransomException;
import dev.transom.api.config.Config;
import dev.transom.architecture.transformer.internal.TransformerConfig.Place;
import dev.transom.nn.Recipe.Structure;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TransformerConfigTest {

    /** Vaswani et al. 2017, table 3, base. */
    static final Map<String, Object> BASE = Map.of("model_type", "transformer", "hidden_size", 512L, "num_heads", 8L,
        "encoder_layers", 6L, "decoder_layers", 6L, "ffn_size", 2048L, "vocab_size", 37000L, "max_positions", 1024L);

    @Test
    void isTheTransformerOf2017WhereNothingIsChosen() {
        TransformerConfig config = read();
        assertEquals(Structure.ENCODER_DECODER, config.structure());
        assertEquals("sinusoidal", config.position());
        assertEquals("relu", config.activation());
        assertEquals(Place.POST, config.place());
        assertEquals("LN", config.norm());
        assertEquals(1e-5, config.eps());
        assertEquals(64, config.headDim());
        assertTrue(config.bias());
        assertTrue(config.tied());
    }

    @Test
    void hasNoBiasesBesideRms() {
        TransformerConfig config = read("normalisation", "pre-RMS-LN");
        assertEquals(Place.PRE, config.place());
        assertEquals("RMS-LN", config.norm());
        assertEquals(1e-6, config.eps());
        assertFalse(config.bias());
        assertTrue(read("normalisation", "pre-RMS-LN", "bias", true).bias());
    }

    @Test
    void asksOnlyForTheLayersOfItsStructure() {
        Map<String, Object> encoder = new TreeMap<>(BASE);
        encoder.remove("decoder_layers");
        encoder.put("structure", "encoder");
        assertEquals(0, TransformerConfig.read(new Config("config.json", encoder)).decoderLayers());
        encoder.put("structure", "decoder");
        assertEquals("config.json: decoder_layers is required; it is absent. Add it to the file.", assertThrows(
            TransomException.class, () -> TransformerConfig.read(new Config("config.json", encoder))).getMessage());
    }

    @Test
    void refusesWordsThatItDoesNotKnow() {
        refused("config.json: structure must be one of [encoder, causal-encoder, decoder, prefix-decoder, encoder-decoder];"
            + " got tower.", "structure", "tower");
        refused("config.json: position must be one of [sinusoidal, learned, rope, alibi, none]; got xpos.", "position", "xpos");
        refused("config.json: normalisation must be post-, pre- or deep- and then LN, RMS-LN or the name of an operation;"
            + " got LN.", "normalisation", "LN");
    }

    @Test
    void refusesSizesThatDoNotFit() {
        refused("config.json: hidden_size must be a multiple of num_heads 7, where head_dim is absent; got 512.",
            "num_heads", 7L);
        refused("config.json: head_dim must be even for rope; got 5.", "position", "rope", "head_dim", 5L);
        refused("config.json: prefix_length is required; it is absent. Add it to the file.", "structure", "prefix-decoder");
        refused("config.json: dropout must be at least 0 and below 1; got 1.5.", "dropout", 1.5);
        refused("config.json: layer_norm_eps must be positive; got -1.0.", "layer_norm_eps", -1.0);
        refused("config.json: rope_theta must be positive; got 0.0.", "rope_theta", 0.0);
        refused("config.json: ffn_size must be a positive integer; got -3.", "ffn_size", -3L);
    }

    static Config config(Object... changes) {
        Map<String, Object> values = new TreeMap<>(BASE);
        for (int i = 0; i < changes.length; i += 2) {
            values.put((String) changes[i], changes[i + 1]);
        }
        return new Config("config.json", values);
    }

    private static TransformerConfig read(Object... changes) {
        return TransformerConfig.read(config(changes));
    }

    private static void refused(String sentence, Object... changes) {
        assertEquals(sentence, assertThrows(TransomException.class, () -> read(changes)).getMessage());
    }
}
