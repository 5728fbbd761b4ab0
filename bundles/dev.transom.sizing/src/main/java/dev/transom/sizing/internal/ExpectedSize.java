package dev.transom.sizing.internal;

import dev.transom.api.architecture.ModelFacts;
import java.util.OptionalDouble;

/** The figures of reference cases, counted. The class of a reference model says which head it has. */
final class ExpectedSize {

    /** K and V are expected in F16. */
    private static final int CACHE_BYTES = 2;

    private final ModelCounts counts;
    private final String head;

    ExpectedSize(ModelCounts counts, String modelClass) {
        this.counts = counts;
        this.head = head(modelClass, counts.definition().facts());
    }

    private static String head(String modelClass, ModelFacts facts) {
        boolean generates = modelClass.endsWith("ForCausalLM") || modelClass.endsWith("LMHeadModel")
            || modelClass.endsWith("ForConditionalGeneration");
        String head = generates ? "lm" : modelClass.endsWith("ForMaskedLM") ? "mlm" : "pooled";
        return facts.hasHead(head) ? head : "";
    }

    /** A figure by its name in case.json. */
    OptionalDouble item(String name) {
        return switch (name) {
            case "parameters" -> OptionalDouble.of(counts.parameters(head));
            case "parameters_masked_lm" -> OptionalDouble.of(counts.parameters("mlm"));
            case "matmul_parameters_per_token" -> OptionalDouble.of(perToken().weightProducts() / 2);
            case "kv_cache_bytes_per_token_f16" -> OptionalDouble.of(CACHE_BYTES * cacheElements());
            default -> OptionalDouble.empty();
        };
    }

    double flopsPerToken(int positions) {
        GraphCount one = counts.token(1);
        return one.weightProducts() + (positions == 0 ? 0 : counts.token(positions).activationProducts());
    }

    double flopsPerSequence(int tokens) {
        GraphCount sequence = counts.whole(head, tokens);
        return sequence.weightProducts() + sequence.activationProducts();
    }

    private GraphCount perToken() {
        return counts.generates() ? counts.token(1) : counts.whole(head, 1);
    }

    private double cacheElements() {
        return counts.generates() ? counts.token(1).cacheElements() : 0;
    }
}
