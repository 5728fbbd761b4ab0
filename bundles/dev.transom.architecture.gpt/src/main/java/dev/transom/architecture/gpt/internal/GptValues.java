package dev.transom.architecture.gpt.internal;

import dev.transom.api.config.Config;

/** Values that all relatives have under several names. */
record GptValues(Config config) {

    /** A required positive integer under the first of the names that is there. */
    int size(String... names) {
        for (String name : names) {
            if (config.has(name)) {
                return config.size(name);
            }
        }
        return config.size(names[0]);
    }

    int hidden() {
        return size("n_embd", "hidden_size", "d_model", "n_embed");
    }

    int layers() {
        return size("n_layer", "num_hidden_layers", "n_layers");
    }

    /** A divisor of the width. */
    int heads() {
        String key = config.has("n_head") ? "n_head" : config.has("n_heads") ? "n_heads" : "num_attention_heads";
        int heads = size("n_head", "n_heads", "num_attention_heads");
        if (hidden() % heads != 0) {
            throw config.wrong(key, "a divisor of " + (config.has("n_embd") ? "n_embd" : "hidden_size") + " = " + hidden(),
                heads);
        }
        return heads;
    }

    int headDim() {
        return hidden() / heads();
    }

    /** 1/sqrt of a head's width. */
    double headScale() {
        return 1 / Math.sqrt(headDim());
    }

    double epsilon() {
        String key = config.has("layer_norm_eps") ? "layer_norm_eps" : "layer_norm_epsilon";
        double epsilon = config.real(key, 1e-5);
        if (!(epsilon > 0)) {
            throw config.wrong(key, "positive", epsilon);
        }
        return epsilon;
    }

    double probability(String key, double otherwise) {
        double p = config.real(key, otherwise);
        if (!(p >= 0 && p < 1)) {
            throw config.wrong(key, "at least 0 and below 1", p);
        }
        return p;
    }
}
