package dev.transom.architecture.llama.internal;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Relatives of Llama: decoders with RoPE, gated feed-forward and RMS norms that differ in what {@link LlamaConfig} says. */
enum Family {

    /** Touvron et al. 2023; Grattafiori et al. 2024. */
    LLAMA("llama", "Llama", "Llama"),
    /** Jiang et al. 2023: sliding windows. */
    MISTRAL("mistral", "Mistral", "Mistral"),
    /** Yang et al. 2024: biases of queries, keys and values; windows in later layers. */
    QWEN2("qwen2", "Qwen 2", "Qwen2"),
    /** Yang et al. 2025: queries and keys normed by head. */
    QWEN3("qwen3", "Qwen 3", "Qwen3"),
    /** Gemma Team 2024: norms by 1 + w, scaled embeddings, GeGLU. */
    GEMMA("gemma", "Gemma", "Gemma"),
    /** Gemma Team 2024: soft caps, norms after sub-layers too, windows in every other layer. */
    GEMMA2("gemma2", "Gemma 2", "Gemma2"),
    /** Gemma Team 2025: local and global layers with a RoPE each, queries and keys normed by head. */
    GEMMA3("gemma3_text", "Gemma 3", "Gemma3"),
    /** Abdin et al. 2024: fused matrices, heads turned in part, LongRoPE. */
    PHI3("phi3", "Phi-3", "Phi3");

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

    /** Whether norms multiply by 1 + w, embeddings by sqrt(hidden), and the head is the embedding unless it is said. */
    boolean isGemma() {
        return this == GEMMA || this == GEMMA2 || this == GEMMA3;
    }

    /** Whether each head of queries and keys has a norm. */
    boolean normsHeads() {
        return this == QWEN3 || this == GEMMA3;
    }

    /** Whether a norm follows each sub-layer too. */
    boolean normsResults() {
        return this == GEMMA2 || this == GEMMA3;
    }

    static Family of(String modelType) {
        return Arrays.stream(values()).filter(family -> family.modelType.equals(modelType)).findFirst().orElse(LLAMA);
    }

    static Set<String> modelTypes() {
        return Arrays.stream(values()).map(Family::modelType).collect(Collectors.toCollection(TreeSet::new));
    }
}
