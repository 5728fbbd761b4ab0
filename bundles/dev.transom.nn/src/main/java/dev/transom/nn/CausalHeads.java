package dev.transom.nn;

import dev.transom.api.config.Config;
import java.util.ArrayList;
import java.util.List;

/** Heads of a decoder by the class that {@code architectures[0]} names, as Hugging Face calls them. */
public final class CausalHeads {

    private CausalHeads() {
    }

    /**
     * Reads the heads; the first is the default, and lm is always among them.
     *
     * @param family what class names begin with, for example Llama
     * @param causal what the class of the language model ends with: ForCausalLM or LMHeadModel
     * @param lm     the language-modelling head
     * @param tokens whole name of the linear layer that classifies tokens
     * @throws dev.transom.api.TransomException for a class that is not known
     */
    public static List<ModelHead> read(Config config, String family, String causal, ModelHead lm, String tokens) {
        List<ModelHead> heads = new ArrayList<>();
        String named = config.texts("architectures").stream().findFirst().orElse(family + causal);
        if (named.equals(family + "ForSequenceClassification")) {
            ClassLabels labels = ClassLabels.read(config);
            heads.add(RowHead.of(labels.kind(), Pooling.LAST, "score", labels.count()).withoutBias());
        } else if (named.equals(family + "ForTokenClassification")) {
            double dropout = config.real("classifier_dropout", config.real("hidden_dropout", 0.1));
            heads.add(new TokenHead(tokens, ClassLabels.read(config).count(), dropout));
        } else if (named.equals(family + "ForQuestionAnswering")) {
            heads.add(new SpanHead("qa_outputs", 0));
        } else if (!named.equals(family + causal) && !named.equals(family + "Model")) {
            throw config.wrong("architectures", family + " followed by " + causal
                + ", Model, ForSequenceClassification, ForTokenClassification or ForQuestionAnswering", named);
        }
        heads.add(lm);
        return List.copyOf(heads);
    }
}
