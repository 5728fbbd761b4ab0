package dev.transom.architecture.llama.internal;

import dev.transom.api.tensor.Binding;
import dev.transom.nn.BindingTable;
import java.util.Map;
import java.util.Set;

/** Names of Llama's checkpoints as Hugging Face writes them: with the prefix {@code model.}, a model alone without. */
final class LlamaBindings {

    private static final String LAYER = "decoder.layers.*.";

    private LlamaBindings() {
    }

    static Map<String, Binding> of(int layers, Set<String> stored) {
        return new BindingTable(layers, stored, "model.", "transformer.")
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
            .row("decoder.final_norm", "norm")
            .head("lm_head", "lm_head")
            .head("score", "score")
            .head("qa_outputs", "qa_outputs")
            .build();
    }
}
