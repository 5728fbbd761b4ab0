package dev.transom.architecture.moe.internal;

import dev.transom.api.tensor.Binding;
import dev.transom.nn.BindingTable;
import dev.transom.nn.GgufTable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Names of checkpoints: as Hugging Face writes them, an expert at a time, and as GGUF does. */
final class MoeBindings {

    private static final String LAYER = "decoder.layers.*.";

    private final MoeConfig config;
    private final Set<String> stored;

    private MoeBindings(MoeConfig config, Set<String> stored) {
        this.config = config;
        this.stored = stored;
    }

    static Map<String, Binding> of(MoeConfig config, Set<String> stored) {
        MoeBindings bindings = new MoeBindings(config, stored);
        return GgufTable.recognises(stored) ? bindings.gguf() : bindings.huggingFace();
    }

    private Map<String, Binding> gguf() {
        BindingTable table = GgufTable.of(config.layers(), stored)
            .changed(LAYER + "feed_forward.shared_expert_gate", "blk.*.ffn_gate_inp_shexp",
                gate -> new Binding.Reshape(gate, List.of(1L, (long) config.hidden())));
        if (config.family() == Family.MIXTRAL) {
            halves(table, "q_proj", "blk.*.attn_q", config.heads());
            halves(table, "k_proj", "blk.*.attn_k", config.kvHeads());
        }
        if (stored.contains("blk.0.ffn_gate.0.weight")) { // files of before 2024-04 hold experts one by one
            experts(table, "gate_proj", "blk.*.ffn_gate.#.weight");
            experts(table, "up_proj", "blk.*.ffn_up.#.weight");
            experts(table, "down_proj", "blk.*.ffn_down.#.weight");
        }
        return table.build();
    }

    private Map<String, Binding> huggingFace() {
        boolean mixtral = config.family() == Family.MIXTRAL;
        BindingTable table = new BindingTable(config.layers(), stored, "model.", "transformer.")
            .row("embedding", "embed_tokens")
            .row(LAYER + "self_attention_norm", "layers.*.input_layernorm")
            .row(LAYER + "self_attention.q_proj", "layers.*.self_attn.q_proj")
            .row(LAYER + "self_attention.k_proj", "layers.*.self_attn.k_proj")
            .row(LAYER + "self_attention.v_proj", "layers.*.self_attn.v_proj")
            .row(LAYER + "self_attention.o_proj", "layers.*.self_attn.o_proj")
            .row(LAYER + "feed_forward_norm", "layers.*.post_attention_layernorm")
            .row(LAYER + "feed_forward.gate_proj", "layers.*.mlp.gate_proj")
            .row(LAYER + "feed_forward.up_proj", "layers.*.mlp.up_proj")
            .row(LAYER + "feed_forward.down_proj", "layers.*.mlp.down_proj")
            .row(LAYER + "feed_forward.router", mixtral ? "layers.*.block_sparse_moe.gate" : "layers.*.mlp.gate")
            .row(LAYER + "feed_forward.shared_expert.gate_proj", "layers.*.mlp.shared_expert.gate_proj")
            .row(LAYER + "feed_forward.shared_expert.up_proj", "layers.*.mlp.shared_expert.up_proj")
            .row(LAYER + "feed_forward.shared_expert.down_proj", "layers.*.mlp.shared_expert.down_proj")
            .row(LAYER + "feed_forward.shared_expert_gate", "layers.*.mlp.shared_expert_gate")
            .row("decoder.final_norm", "norm")
            .head("lm_head", "lm_head")
            .head("score", "score")
            .head("qa_outputs", "qa_outputs");
        String expert = mixtral ? "layers.*.block_sparse_moe.experts.#." : "layers.*.mlp.experts.#.";
        experts(table, "gate_proj", expert + (mixtral ? "w1.weight" : "gate_proj.weight"));
        experts(table, "up_proj", expert + (mixtral ? "w3.weight" : "up_proj.weight"));
        experts(table, "down_proj", expert + (mixtral ? "w2.weight" : "down_proj.weight"));
        return table.build();
    }

    /** All experts of a layer on top of each other; {@code #} in the name stands for the number of an expert. */
    private void experts(BindingTable table, String part, String name) {
        for (int layer = 0; layer < config.layers(); layer++) {
            String ofLayer = name.replace("*", Integer.toString(layer));
            table.put("decoder.layers." + layer + ".feed_forward.experts." + part + ".weight",
                new Binding.Stack(IntStream.range(0, config.experts().experts())
                    .mapToObj(expert -> table.stored(ofLayer.replace("#", Integer.toString(expert)))).toList()));
        }
    }

    private void halves(BindingTable table, String part, String name, int heads) {
        table.changed(LAYER + "self_attention." + part, name,
            weight -> GgufTable.halves(weight, heads, config.headDim(), config.hidden()),
            bias -> GgufTable.halves(bias, heads, config.headDim()));
    }
}
