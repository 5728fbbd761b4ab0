package dev.transom.architecture.gpt.internal;

import dev.transom.api.tensor.Binding;
import dev.transom.nn.BindingTable;
import java.util.Map;
import java.util.Set;

/** Names of GPT-2's checkpoints, with the prefix {@code transformer.} or, as the first published files, without. */
final class GptBindings {

    private static final String LAYER = "decoder.layers.*.";

    private GptBindings() {
    }

    static Map<String, Binding> of(int layers, Set<String> stored) {
        return new BindingTable(layers, stored, "transformer.")
            .row("embedding", "wte")
            .row("position", "wpe")
            .row(LAYER + "self_attention_norm", "h.*.ln_1")
            .transposed(LAYER + "self_attention.qkv_proj", "h.*.attn.c_attn") // D2
            .transposed(LAYER + "self_attention.o_proj", "h.*.attn.c_proj")
            .row(LAYER + "feed_forward_norm", "h.*.ln_2")
            .transposed(LAYER + "feed_forward.up_proj", "h.*.mlp.c_fc")
            .transposed(LAYER + "feed_forward.down_proj", "h.*.mlp.c_proj")
            .row("decoder.final_norm", "ln_f")
            .head("lm_head", "lm_head")
            .head("score", "score")
            .head("classifier", "classifier")
            .head("qa_outputs", "qa_outputs")
            .build();
    }
}
