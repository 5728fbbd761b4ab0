package dev.transom.nn;

import dev.transom.api.tensor.Binding;
import java.util.List;
import java.util.Set;

/**
 * Names that GGUF files give to a decoder's tensors, the same for every family; a family adds what its converter changed. Facts
 * from llama.cpp's description of tensors and its converter (gguf-py/gguf/tensor_mapping.py, convert_hf_to_gguf.py).
 */
public final class GgufTable {

    private static final String LAYER = "decoder.layers.*.";

    private GgufTable() {
    }

    /** Whether a file names its tensors so. */
    public static boolean recognises(Set<String> stored) {
        return stored.contains("token_embd.weight");
    }

    /** The rows that all families share; a head that the file lacks is the embedding. */
    public static BindingTable of(int layers, Set<String> stored) {
        return new BindingTable(layers, stored)
            .row("embedding", "token_embd")
            .row("position", "position_embd")
            .row("decoder.embedding_norm", "token_embd_norm")
            .row(LAYER + "self_attention_norm", "blk.*.attn_norm")
            .row(LAYER + "self_attention.q_proj", "blk.*.attn_q")
            .row(LAYER + "self_attention.k_proj", "blk.*.attn_k")
            .row(LAYER + "self_attention.v_proj", "blk.*.attn_v")
            .row(LAYER + "self_attention.qkv_proj", "blk.*.attn_qkv")
            .row(LAYER + "self_attention.o_proj", "blk.*.attn_output")
            .row(LAYER + "self_attention.q_norm", "blk.*.attn_q_norm")
            .row(LAYER + "self_attention.k_norm", "blk.*.attn_k_norm")
            .row(LAYER + "self_attention_post_norm", "blk.*.post_attention_norm")
            .row(LAYER + "feed_forward_norm", "blk.*.ffn_norm")
            .row(LAYER + "feed_forward.gate_proj", "blk.*.ffn_gate")
            .row(LAYER + "feed_forward.up_proj", "blk.*.ffn_up")
            .row(LAYER + "feed_forward.down_proj", "blk.*.ffn_down")
            .row(LAYER + "feed_forward_post_norm", "blk.*.post_ffw_norm")
            .row(LAYER + "feed_forward.router", "blk.*.ffn_gate_inp")
            .row(LAYER + "feed_forward.experts.gate_proj", "blk.*.ffn_gate_exps")
            .row(LAYER + "feed_forward.experts.up_proj", "blk.*.ffn_up_exps")
            .row(LAYER + "feed_forward.experts.down_proj", "blk.*.ffn_down_exps")
            .row(LAYER + "feed_forward.shared_expert.gate_proj", "blk.*.ffn_gate_shexp")
            .row(LAYER + "feed_forward.shared_expert.up_proj", "blk.*.ffn_up_shexp")
            .row(LAYER + "feed_forward.shared_expert.down_proj", "blk.*.ffn_down_shexp")
            .row("decoder.final_norm", "output_norm")
            .row("lm_head", stored.contains("output.weight") ? "output" : "token_embd");
    }

    /**
     * Rows of queries or keys in the order of Hugging Face, which turns element i of a head with i + dim/2, from a file that has
     * turned pairs side by side, as those of architecture llama do.
     *
     * @param of    the stored tensor {@code [heads·dim, in]}
     * @param heads query or key heads
     * @param dim   elements of a head
     */
    public static Binding halves(Binding of, long heads, long dim, long in) {
        Binding pairs = new Binding.Reshape(of, List.of(heads, dim / 2, 2L, in));
        return new Binding.Reshape(new Binding.Permute(pairs, List.of(0, 2, 1, 3)), List.of(heads * dim, in));
    }

    /** The same for a bias {@code [heads·dim]}. */
    public static Binding halves(Binding of, long heads, long dim) {
        Binding pairs = new Binding.Reshape(of, List.of(heads, dim / 2, 2L));
        return new Binding.Reshape(new Binding.Permute(pairs, List.of(0, 2, 1)), List.of(heads * dim));
    }
}
