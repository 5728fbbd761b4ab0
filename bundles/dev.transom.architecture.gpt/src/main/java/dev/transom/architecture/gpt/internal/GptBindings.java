package dev.transom.architecture.gpt.internal;

import dev.transom.api.tensor.Binding;
import dev.transom.nn.BindingTable;
import dev.transom.nn.GgufTable;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names of checkpoints: each family's own, as Hugging Face writes them, with their prefix or without, and GGUF's. */
final class GptBindings {

    private static final String LAYER = "decoder.layers.*.";
    private static final String ATTENTION = LAYER + "self_attention.";

    private final GptConfig config;
    private final Set<String> stored;

    private GptBindings(GptConfig config, Set<String> stored) {
        this.config = config;
        this.stored = stored;
    }

    static Map<String, Binding> of(GptConfig config, Set<String> stored) {
        GptBindings bindings = new GptBindings(config, stored);
        BindingTable table = GgufTable.recognises(stored) ? bindings.gguf() : switch (config.family()) {
            case OPENAI_GPT, GPT2 -> bindings.openAi();
            case GPT_NEOX -> bindings.neoX();
            case OPT -> bindings.opt();
            case BLOOM -> bindings.bloom();
            case MPT -> bindings.mpt();
        };
        return table.head("score", "score").head("classifier", "classifier").head("qa_outputs", "qa_outputs").build();
    }

    /** Matrices lie {@code [out, in]} there; queries, keys and values one below the other in every family. */
    private BindingTable gguf() {
        BindingTable table = GgufTable.of(config.layers(), stored);
        return config.family().fuses() ? table : below(table, "blk.*.attn_qkv");
    }

    private BindingTable openAi() {
        boolean first = config.family() == Family.OPENAI_GPT;
        return new BindingTable(config.layers(), stored, "transformer.")
            .row("embedding", first ? "tokens_embed" : "wte")
            .row("position", first ? "positions_embed" : "wpe")
            .row(LAYER + "self_attention_norm", "h.*.ln_1")
            .transposed(ATTENTION + "qkv_proj", "h.*.attn.c_attn") // D2
            .transposed(ATTENTION + "o_proj", "h.*.attn.c_proj")
            .row(LAYER + "feed_forward_norm", "h.*.ln_2")
            .transposed(LAYER + "feed_forward.up_proj", "h.*.mlp.c_fc")
            .transposed(LAYER + "feed_forward.down_proj", "h.*.mlp.c_proj")
            .row("decoder.final_norm", "ln_f")
            .head("lm_head", "lm_head");
    }

    private BindingTable neoX() {
        return perHead(new BindingTable(config.layers(), stored, "gpt_neox."), "layers.*.attention.query_key_value")
            .row("embedding", "embed_in")
            .row(LAYER + "self_attention_norm", "layers.*.input_layernorm")
            .row(ATTENTION + "o_proj", "layers.*.attention.dense")
            .row(LAYER + "feed_forward_norm", "layers.*.post_attention_layernorm")
            .row(LAYER + "feed_forward.up_proj", "layers.*.mlp.dense_h_to_4h")
            .row(LAYER + "feed_forward.down_proj", "layers.*.mlp.dense_4h_to_h")
            .row("decoder.final_norm", "final_layer_norm")
            .head("lm_head", "embed_out");
    }

    private BindingTable opt() {
        BindingTable table = new BindingTable(config.layers(), stored, "model.decoder.", "decoder.");
        return table
            .row("embedding", "embed_tokens")
            .put("position.weight", new Binding.Slice(table.stored("embed_positions.weight"), 0, 2, 2L + config.positions())) // D6
            .row("decoder.embedding_proj", "project_in")
            .row(LAYER + "self_attention_norm", "layers.*.self_attn_layer_norm")
            .row(ATTENTION + "q_proj", "layers.*.self_attn.q_proj")
            .row(ATTENTION + "k_proj", "layers.*.self_attn.k_proj")
            .row(ATTENTION + "v_proj", "layers.*.self_attn.v_proj")
            .row(ATTENTION + "o_proj", "layers.*.self_attn.out_proj")
            .row(LAYER + "feed_forward_norm", "layers.*.final_layer_norm")
            .row(LAYER + "feed_forward.up_proj", "layers.*.fc1")
            .row(LAYER + "feed_forward.down_proj", "layers.*.fc2")
            .row("decoder.final_norm", "final_layer_norm")
            .row("decoder.final_proj", "project_out")
            .head("lm_head", "lm_head");
    }

    private BindingTable bloom() {
        return perHead(new BindingTable(config.layers(), stored, "transformer."), "h.*.self_attention.query_key_value")
            .row("embedding", "word_embeddings")
            .row("decoder.embedding_norm", "word_embeddings_layernorm")
            .row(LAYER + "self_attention_norm", "h.*.input_layernorm")
            .row(ATTENTION + "o_proj", "h.*.self_attention.dense")
            .row(LAYER + "feed_forward_norm", "h.*.post_attention_layernorm")
            .row(LAYER + "feed_forward.up_proj", "h.*.mlp.dense_h_to_4h")
            .row(LAYER + "feed_forward.down_proj", "h.*.mlp.dense_4h_to_h")
            .row("decoder.final_norm", "ln_f")
            .head("lm_head", "lm_head");
    }

    private BindingTable mpt() {
        return below(new BindingTable(config.layers(), stored, "transformer."), "blocks.*.attn.Wqkv")
            .row("embedding", "wte")
            .row(LAYER + "self_attention_norm", "blocks.*.norm_1")
            .row(ATTENTION + "o_proj", "blocks.*.attn.out_proj")
            .row(LAYER + "feed_forward_norm", "blocks.*.norm_2")
            .row(LAYER + "feed_forward.up_proj", "blocks.*.ffn.up_proj")
            .row(LAYER + "feed_forward.down_proj", "blocks.*.ffn.down_proj")
            .row("decoder.final_norm", "norm_f")
            .head("lm_head", "lm_head");
    }

    /** Queries, keys and values one below the other in one matrix. */
    private BindingTable below(BindingTable table, String fused) {
        long hidden = config.hidden();
        return table
            .changed(ATTENTION + "q_proj", fused, all -> new Binding.Slice(all, 0, 0, hidden))
            .changed(ATTENTION + "k_proj", fused, all -> new Binding.Slice(all, 0, hidden, 2 * hidden))
            .changed(ATTENTION + "v_proj", fused, all -> new Binding.Slice(all, 0, 2 * hidden, 3 * hidden));
    }

    /** D4: rows lie {@code [head][query, key, value][dim]}. */
    private BindingTable perHead(BindingTable table, String fused) {
        return table
            .changed(ATTENTION + "q_proj", fused, all -> ofHeads(all, 0, true), all -> ofHeads(all, 0, false))
            .changed(ATTENTION + "k_proj", fused, all -> ofHeads(all, 1, true), all -> ofHeads(all, 1, false))
            .changed(ATTENTION + "v_proj", fused, all -> ofHeads(all, 2, true), all -> ofHeads(all, 2, false));
    }

    private Binding ofHeads(Binding all, int which, boolean weight) {
        long heads = config.heads();
        long dim = config.headDim();
        long hidden = config.hidden();
        Binding apart = new Binding.Reshape(all, weight ? List.of(heads, 3L, dim, hidden) : List.of(heads, 3L, dim));
        return new Binding.Reshape(new Binding.Slice(apart, 1, which, which + 1L),
            weight ? List.of(hidden, hidden) : List.of(hidden));
    }
}
