package dev.transom.architecture.moe.internal;

/** Decoders like Llama whose feed-forward is a mixture of experts. */
enum Family {

    /** Jiang et al. 2024: eight experts, two for each token. */
    MIXTRAL("mixtral", "Mixtral", "Mixtral"),
    /** Qwen Team 2024: many small experts, and one that all tokens use. */
    QWEN2_MOE("qwen2_moe", "Qwen 2 MoE", "Qwen2Moe");

    private final String modelType;
    private final String title;
    private final String classes;

    Family(String modelType, String title, String classes) {
        this.modelType = modelType;
        this.title = title;
        this.classes = classes;
    }

    String modelType() {
        return modelType;
    }

    /** As people write it. */
    String title() {
        return title;
    }

    /** What Hugging Face's class names begin with. */
    String classes() {
        return classes;
    }

    static Family of(String modelType) {
        return modelType.equals(QWEN2_MOE.modelType) ? QWEN2_MOE : MIXTRAL;
    }
}
