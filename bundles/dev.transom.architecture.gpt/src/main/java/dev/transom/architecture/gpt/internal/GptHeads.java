package dev.transom.architecture.gpt.internal;

import dev.transom.api.config.Config;
import dev.transom.nn.ClassLabels;
import dev.transom.nn.ModelHead;
import dev.transom.nn.Pooling;
import dev.transom.nn.RowHead;
import dev.transom.nn.TokenHead;
import dev.transom.nn.VocabularyHead;
import java.util.ArrayList;
import java.util.List;

/** Heads by the class that {@code architectures[0]} names; the first is the default. */
final class GptHeads {

    private GptHeads() {
    }

    static List<ModelHead> of(GptConfig gpt, Config config) {
        ModelHead lm = VocabularyHead.lm(gpt.tied() ? "embedding" : "lm_head", gpt.vocabulary());
        List<ModelHead> heads = new ArrayList<>();
        switch (config.texts("architectures").stream().findFirst().orElse("GPT2LMHeadModel")) {
            case "GPT2LMHeadModel", "GPT2Model" -> { }
            case "GPT2ForSequenceClassification" -> {
                ClassLabels labels = ClassLabels.read(config);
                heads.add(RowHead.of(labels.kind(), Pooling.LAST, "score", labels.count()).withoutBias());
            }
            case "GPT2ForTokenClassification" -> heads.add(new TokenHead("classifier", ClassLabels.read(config).count(),
                config.real("classifier_dropout", config.real("hidden_dropout", 0.1))));
            case String other -> throw config.wrong("architectures", "GPT2LMHeadModel, GPT2Model, GPT2ForSequenceClassification or"
                + " GPT2ForTokenClassification", other);
        }
        heads.add(lm);
        return heads;
    }
}
