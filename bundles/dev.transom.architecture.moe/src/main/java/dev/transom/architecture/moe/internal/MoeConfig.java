package dev.transom.architecture.moe.internal;

import dev.transom.api.config.Config;
import dev.transom.nn.Activation;
import dev.transom.nn.Attention;
import dev.transom.nn.Experts;
import dev.transom.nn.FeedForward;
import dev.transom.nn.Rope;
import dev.transom.nn.RopeConfig;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * config.json of Mixtral and Qwen 2 MoE.
 *
 * @param family       model_type
 * @param vocabulary   vocab_size
 * @param positions    max_position_embeddings
 * @param hidden       hidden_size
 * @param heads        num_attention_heads
 * @param kvHeads      num_key_value_heads, or as many as heads
 * @param headDim      head_dim, or hidden_size / num_attention_heads
 * @param epsilon      rms_norm_eps
 * @param rope         rope_theta with rope_scaling, or rope_parameters
 * @param bias         qkv_bias
 * @param experts      the mixture: num_local_experts or num_experts, num_experts_per_tok and their widths
 * @param feedForwards what each layer has: the mixture, or one feed-forward for all tokens
 * @param windows      for each layer the keys that a query sees, 0 for all
 * @param tied         tie_word_embeddings: the head is the embedding
 * @param coefficient  router_aux_loss_coef
 * @param balanced     output_router_logits: the loss asks for even use of experts too
 */
record MoeConfig(Family family, int vocabulary, int positions, int hidden, int heads, int kvHeads, int headDim, double epsilon,
        Rope rope, Attention.Bias bias, Experts experts, List<FeedForward> feedForwards, List<Integer> windows, boolean tied,
        double coefficient, boolean balanced) {

    static MoeConfig read(Config config) {
        Family family = Family.of(config.text("model_type", "mixtral"));
        boolean mixtral = family == Family.MIXTRAL;
        int hidden = config.size("hidden_size");
        int heads = config.size("num_attention_heads");
        int kvHeads = config.has("num_key_value_heads") ? config.size("num_key_value_heads") : heads;
        if (heads % kvHeads != 0) {
            throw config.wrong("num_key_value_heads", "a divisor of num_attention_heads = " + heads, kvHeads);
        }
        double epsilon = config.real("rms_norm_eps", mixtral ? 1e-5 : 1e-6);
        if (!(epsilon > 0)) {
            throw config.wrong("rms_norm_eps", "positive", epsilon);
        }
        int headDim = headDim(config, hidden, heads);
        if (RopeConfig.turned(config, headDim, 1) != headDim) {
            throw config.wrong("partial_rotary_factor", "1: " + family.title() + " turns whole heads",
                config.real("partial_rotary_factor", 1));
        }
        int positions = config.size("max_position_embeddings");
        Experts experts = experts(config, mixtral);
        return new MoeConfig(family, config.size("vocab_size"), positions, hidden, heads, kvHeads, headDim, epsilon,
            RopeConfig.read(config, headDim, positions, mixtral ? 1e6 : 10000),
            !mixtral && config.flag("qkv_bias", true) ? Attention.Bias.QKV : Attention.Bias.NONE, experts,
            mixtral ? IntStream.range(0, config.size("num_hidden_layers")).<FeedForward>mapToObj(_ -> experts).toList()
                : feedForwards(config, experts),
            windows(config, mixtral), config.flag("tie_word_embeddings", false), config.real("router_aux_loss_coef", 0.001),
            config.flag("output_router_logits", false));
    }

    int layers() {
        return feedForwards.size();
    }

    private static int headDim(Config config, int hidden, int heads) {
        if (config.has("head_dim")) {
            return config.size("head_dim");
        }
        if (hidden % heads != 0) {
            throw config.wrong("num_attention_heads", "a divisor of hidden_size = " + hidden + " where head_dim is absent",
                heads);
        }
        return hidden / heads;
    }

    private static Experts experts(Config config, boolean mixtral) {
        String key = mixtral ? "num_local_experts" : "num_experts";
        int experts = config.size(key);
        int chosen = config.size("num_experts_per_tok");
        if (chosen > experts) {
            throw config.wrong("num_experts_per_tok", "at most " + key + " = " + experts, chosen);
        }
        String activation = Activation.operation(config.text("hidden_act", "silu"));
        return mixtral
            ? new Experts(activation, experts, chosen, config.size("intermediate_size"), true, Optional.empty())
            : new Experts(activation, experts, chosen, config.size("moe_intermediate_size"), config.flag("norm_topk_prob", false),
                Optional.of(config.size("shared_expert_intermediate_size")));
    }

    /** Each decoder_sparse_step-th layer has the mixture, unless mlp_only_layers names it. */
    private static List<FeedForward> feedForwards(Config config, Experts experts) {
        int step = config.has("decoder_sparse_step") ? config.size("decoder_sparse_step") : 1;
        List<Integer> dense = config.ids("mlp_only_layers");
        int layers = config.size("num_hidden_layers");
        boolean all = step == 1 && dense.isEmpty();
        FeedForward plain = all ? experts : new FeedForward.GatedMlp(experts.activation(), config.size("intermediate_size"), false);
        return IntStream.range(0, layers).mapToObj(layer -> dense.contains(layer) || (layer + 1) % step != 0 ? plain : experts)
            .toList();
    }

    /** Mixtral's window is that of all layers, Qwen's that of layers from max_window_layers on, with use_sliding_window. */
    private static List<Integer> windows(Config config, boolean mixtral) {
        boolean slides = mixtral ? config.has("sliding_window") : config.flag("use_sliding_window", false);
        int window = slides ? config.size("sliding_window") : 0;
        int first = mixtral ? 0 : config.int32("max_window_layers", 28);
        return IntStream.range(0, config.size("num_hidden_layers")).mapToObj(layer -> layer >= first ? window : 0).toList();
    }
}
