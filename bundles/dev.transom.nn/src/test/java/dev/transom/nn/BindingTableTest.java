package dev.transom.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.transom.api.tensor.Binding;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Names of parameters and of stored tensors. */
class BindingTableTest {

    @Test
    void aRowStandsForWeightAndBiasOfEachLayer() {
        Map<String, Binding> bindings = new BindingTable(2, Set.of()).row("decoder.layers.*.norm", "h.*.ln").build();
        assertEquals(Map.of(
            "decoder.layers.0.norm.weight", Binding.stored("h.0.ln.weight"), "decoder.layers.0.norm.bias",
            Binding.stored("h.0.ln.bias"), "decoder.layers.1.norm.weight", Binding.stored("h.1.ln.weight"),
            "decoder.layers.1.norm.bias", Binding.stored("h.1.ln.bias")), bindings);
    }

    @Test
    void thePrefixIsTheOneThatTheFileHas() {
        assertEquals(Binding.stored("model.wte.weight"),
            new BindingTable(1, Set.of("model.wte.weight"), "transformer.", "model.").row("embedding", "wte").build()
                .get("embedding.weight"));
        assertEquals(Binding.stored("wte.weight"),
            new BindingTable(1, Set.of("wte.weight"), "transformer.", "model.").row("embedding", "wte").build()
                .get("embedding.weight"));
    }

    @Test
    void aHeadStandsWithoutPrefix() {
        assertEquals(Binding.stored("score.weight"), new BindingTable(1, Set.of("model.wte.weight"), "model.")
            .head("score", "score").build().get("score.weight"));
    }

    @Test
    void aTransposedRowTurnsTheWeightOnly() {
        Map<String, Binding> bindings = new BindingTable(1, Set.of()).transposed("up", "c_fc").build();
        assertEquals(new Binding.Permute(Binding.stored("c_fc.weight"), List.of(1, 0)), bindings.get("up.weight"));
        assertEquals(Binding.stored("c_fc.bias"), bindings.get("up.bias"));
    }

    @Test
    void gammaAndBetaAreOldNamesOfANorm() {
        Map<String, Binding> bindings = new BindingTable(1, Set.of("ln.gamma", "ln.beta")).row("norm", "ln").build();
        assertEquals(Binding.stored("ln.gamma"), bindings.get("norm.weight"));
        assertEquals(Binding.stored("ln.beta"), bindings.get("norm.bias"));
    }
}
