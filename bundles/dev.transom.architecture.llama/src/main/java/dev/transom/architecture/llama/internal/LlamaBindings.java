package dev.transom.architecture.llama.internal;

import dev.transom.api.tensor.Binding;
import dev.transom.nn.BindingTable;
import dev.transom.nn.GgufTable;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Names of checkpoints: as Hugging Face writes them, with the prefix {@code model.} or without, and as GGUF does. */
final class LlamaBindings {

    private static final String LAYER = "decoder.layers.*.";

    private final LlamaConfig config;

    private LlamaBindings(LlamaConfig config) {
        this.config = config;
    }

    static Map<String, Binding> of(LlamaConfig config, Set<String> stored) {
        LlamaBindings bindings = new LlamaBindings(config);
        return GgufTable.recognises(stored) ? bindings.gguf(stored) : bindings.huggingFace(stored);
    }

    /** Rows of Llama's queries and keys are in pairs, Phi-3's matrices fused; Gemma's norms are 1 + w already. */
    private Map<String, Binding> gguf(Set<String> stored) {
        BindingTable table = GgufTable.of(config.layers(), stored);
        switch (config.family()) {
            case LLAMA, MISTRAL -> {
                halves(table, "self_attention.q_proj", "blk.*.attn_q", config.heads());
                halves(table, "self_attention.k_proj", "blk.*.attn_k", config.kvHeads());
            }
            case PHI3 -> {
                fused(table, "blk.*.attn_qkv", "blk.*.ffn_up");
            }
            default -> { }
        }
        return table.build();
    }

    private Map<String, Binding> huggingFace(Set<String> stored) {
        BindingTable table = new BindingTable(config.layers(), stored, "model.", "transformer.")
            .row("embedding", "embed_tokens")
            .row(LAYER + "self_attention.q_proj", "layers.*.self_attn.q_proj")
            .row(LAYER + "self_attention.k_proj", "layers.*.self_attn.k_proj")
            .row(LAYER + "self_attention.v_proj", "layers.*.self_attn.v_proj")
            .row(LAYER + "self_attention.o_proj", "layers.*.self_attn.o_proj")
            .row(LAYER + "feed_forward.gate_proj", "layers.*.mlp.gate_proj")
            .row(LAYER + "feed_forward.up_proj", "layers.*.mlp.up_proj")
            .row(LAYER + "feed_forward.down_proj", "layers.*.mlp.down_proj")
            .head("lm_head", "lm_head")
            .head("score", "score")
            .head("qa_outputs", "qa_outputs");
        if (config.family() == Family.PHI3) {
            fused(table, "layers.*.self_attn.qkv_proj", "layers.*.mlp.gate_up_proj");
        }
        boolean sandwich = config.family().normsResults();
        norm(table, LAYER + "self_attention_norm", "layers.*.input_layernorm");
        norm(table, LAYER + "self_attention_post_norm", "layers.*.post_attention_layernorm");
        norm(table, LAYER + "feed_forward_norm",
            sandwich ? "layers.*.pre_feedforward_layernorm" : "layers.*.post_attention_layernorm");
        norm(table, LAYER + "feed_forward_post_norm", "layers.*.post_feedforward_layernorm");
        norm(table, LAYER + "self_attention.q_norm", "layers.*.self_attn.q_norm");
        norm(table, LAYER + "self_attention.k_norm", "layers.*.self_attn.k_norm");
        norm(table, "decoder.final_norm", "norm");
        return table.build();
    }

    /** D7: Gemma's files hold w of 1 + w. */
    private void norm(BindingTable table, String part, String name) {
        table.changed(part, name, config.family().isGemma() ? w -> new Binding.Affine(w, 1, 1) : UnaryOperator.identity());
    }

    /** D10: queries, keys and values one below the other, gate above up. */
    private void fused(BindingTable table, String qkv, String gateUp) {
        long q = (long) config.heads() * config.headDim();
        long kv = (long) config.kvHeads() * config.headDim();
        table.changed(LAYER + "self_attention.q_proj", qkv, all -> new Binding.Slice(all, 0, 0, q))
            .changed(LAYER + "self_attention.k_proj", qkv, all -> new Binding.Slice(all, 0, q, q + kv))
            .changed(LAYER + "self_attention.v_proj", qkv, all -> new Binding.Slice(all, 0, q + kv, q + 2 * kv))
            .changed(LAYER + "feed_forward.gate_proj", gateUp, all -> new Binding.Slice(all, 0, 0, config.inner()))
            .changed(LAYER + "feed_forward.up_proj", gateUp,
                all -> new Binding.Slice(all, 0, config.inner(), 2L * config.inner()));
    }

    private void halves(BindingTable table, String part, String name, int heads) {
        table.changed(LAYER + part, name, weight -> GgufTable.halves(weight, heads, config.headDim(), config.hidden()),
            bias -> GgufTable.halves(bias, heads, config.headDim()));
    }
}
