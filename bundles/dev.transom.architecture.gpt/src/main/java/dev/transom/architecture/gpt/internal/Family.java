package dev.transom.architecture.gpt.internal;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Relatives of GPT: decoders with LayerNorms and an ungated feed-forward that differ in what {@link GptConfig} says. */
enum Family {

    /** Radford et al. 2018: norms after sub-layers. */
    OPENAI_GPT("openai-gpt", "GPT", "OpenAIGPT", "LMHeadModel"),
    /** Radford et al. 2019. */
    GPT2("gpt2", "GPT-2", "GPT2", "LMHeadModel"),
    /** Black et al. 2022: RoPE in part of each head, sub-layers side by side. */
    GPT_NEOX("gpt_neox", "GPT-NeoX", "GPTNeoX", "ForCausalLM"),
    /** Zhang et al. 2022: positions from 2 on, norms on either side. */
    OPT("opt", "OPT", "OPT", "ForCausalLM"),
    /** Le Scao et al. 2022: ALiBi, a norm of embeddings. */
    BLOOM("bloom", "BLOOM", "Bloom", "ForCausalLM"),
    /** MosaicML 2023: ALiBi, no biases. */
    MPT("mpt", "MPT", "Mpt", "ForCausalLM");

    private final String modelType;
    private final String title;
    private final String classes;
    private final String causal;

    Family(String modelType, String title, String classes, String causal) {
        this.modelType = modelType;
        this.title = title;
        this.classes = classes;
        this.causal = causal;
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

    /** What the class of the language model ends with. */
    String causal() {
        return causal;
    }

    /** Whether queries, keys and values are one matrix, in this order. */
    boolean fuses() {
        return this == OPENAI_GPT || this == GPT2;
    }

    static Family of(String modelType) {
        return Arrays.stream(values()).filter(family -> family.modelType.equals(modelType)).findFirst().orElse(GPT2);
    }

    static Set<String> modelTypes() {
        return Arrays.stream(values()).map(Family::modelType).collect(Collectors.toCollection(TreeSet::new));
    }
}
