package dev.transom.architecture.llama.internal;

import dev.transom.api.tensor.Binding;
import dev.transom.nn.BindingTable;
import dev.transom.nn.GgufTable;
import java.util.Map;
import java.util.Set;

/**
 * Names of Llama's checkpoints: as Hugging Face writes them, with the prefix {@code model.}, a model alone without; and as GGUF
 * does, where rows of queries and keys are in pairs.
 */
final class LlamaBindings {

    private static final String LAYER = "decoder.layers.*.";

    private LlamaBindings() {
    }

    static Map<String, Binding> of(LlamaConfig config, Set<String> stored) {
        return GgufTable.recognises(stored) ? gguf(config, stored) : huggingFace(config.layers(), stored);
    }

    private static Map<String, Binding> gguf(LlamaConfig config, Set<String> stored) {
        BindingTable table = GgufTable.of(config.layers(), stored);
        for (int layer = 0; layer < config.layers(); layer++) {
            String part = "decoder.layers." + layer + ".self_attention.";
            halves(table, part + "q_proj", "blk." + layer + ".attn_q", config.heads(), config);
            halves(table, part + "k_proj", "blk." + layer + ".attn_k", config.kvHeads(), config);
        }
        return table.build();
    }

    private static void halves(BindingTable table, String part, String name, int heads, LlamaConfig config) {
        table.put(part + ".weight",
            GgufTable.halves(Binding.stored(name + ".weight"), heads, config.headDim(), config.hidden()));
        table.put(part + ".bias", GgufTable.halves(Binding.stored(name + ".bias"), heads, config.headDim()));
    }

    private static Map<String, Binding> huggingFace(int layers, Set<String> stored) {
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
