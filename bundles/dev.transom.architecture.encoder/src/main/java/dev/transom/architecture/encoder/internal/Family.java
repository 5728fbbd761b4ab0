package dev.transom.architecture.encoder.internal;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Relatives of BERT that differ in names of configuration fields and tensors, positions and heads. */
enum Family {

    /** Devlin et al. 2018. */
    BERT("BERT", "bert", List.of("bert")),
    /** Liu et al. 2019; XLM-RoBERTa (Conneau et al. 2019) is the same with another vocabulary. */
    ROBERTA("RoBERTa", "roberta", List.of("roberta", "xlm-roberta")),
    /** Sanh et al. 2019. */
    DISTILBERT("DistilBERT", "distilbert", List.of("distilbert"));

    private final String title;
    private final String prefix;
    private final List<String> modelTypes;

    Family(String title, String prefix, List<String> modelTypes) {
        this.title = title;
        this.prefix = prefix;
        this.modelTypes = modelTypes;
    }

    /** As people write it. */
    String title() {
        return title;
    }

    /** Name of the base model inside a model with a head: its tensors begin with it and a dot. */
    String prefix() {
        return prefix;
    }

    /** Whether the base model ends in a pooler. */
    boolean pools() {
        return this != DISTILBERT;
    }

    /** Values of model_type of all families. */
    static Set<String> allModelTypes() {
        return Stream.of(values()).flatMap(family -> family.modelTypes.stream())
            .collect(Collectors.toCollection(TreeSet::new));
    }

    static Optional<Family> of(String modelType) {
        return Stream.of(values()).filter(family -> family.modelTypes.contains(modelType)).findFirst();
    }
}
