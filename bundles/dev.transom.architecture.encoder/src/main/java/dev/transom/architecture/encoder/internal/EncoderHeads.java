package dev.transom.architecture.encoder.internal;

import dev.transom.api.architecture.Head;
import dev.transom.api.architecture.Head.Labels;
import dev.transom.architecture.encoder.internal.EncoderConfig.Problem;
import dev.transom.nn.Activation;
import dev.transom.nn.ModelHead;
import dev.transom.nn.Norm;
import dev.transom.nn.PooledHead;
import dev.transom.nn.Pooling;
import dev.transom.nn.RowHead;
import dev.transom.nn.SpanHead;
import dev.transom.nn.TokenHead;
import dev.transom.nn.Transform;
import dev.transom.nn.VocabularyHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The heads of a configuration; their outputs are called as transformers calls them. */
final class EncoderHeads {

    private static final String LOGITS = "logits";

    private final EncoderConfig config;

    EncoderHeads(EncoderConfig config) {
        this.config = config;
    }

    List<ModelHead> all() {
        List<ModelHead> heads = new ArrayList<>();
        if (config.causal()) {
            heads.add(vocabulary(VocabularyHead.lm(table(), config.vocabulary())));
        }
        VocabularyHead mlm = vocabulary(VocabularyHead.unshifted("mlm", LOGITS, table(), config.vocabulary()));
        heads.add(mlm);
        if (config.family() == Family.BERT) {
            RowHead nextSentence = new RowHead(new Head("next_sentence", List.of("seq_relationship_logits"), Labels.ROW_CLASS),
                Pooling.FIRST, Optional.of(pooler()), 0, false, "next_sentence", 2, true);
            heads.add(nextSentence);
            heads.add(new PretrainingHead(mlm, nextSentence));
        }
        if (config.family().pools()) {
            heads.add(new PooledHead(Pooling.FIRST, Optional.of(pooler())));
        }
        heads.add(rows());
        heads.add(new SpanHead("span", config.dropout().span()));
        heads.add(new TokenHead("tokens", config.labels(), config.dropout().tokens()));
        return List.copyOf(heads);
    }

    /** The head that a class of transformers has; empty for the model alone and for classes unknown here. */
    String named(String architecture) {
        for (Ending ending : Ending.values()) {
            if (architecture.endsWith(ending.of)) {
                return ending.head(config);
            }
        }
        return "";
    }

    private Transform pooler() {
        return Transform.of("pooler", config.hidden(), "tanh");
    }

    private String table() {
        return config.tied() ? "embedding" : "mlm_decoder";
    }

    /** Only BERT's and DistilBERT's follow the configuration's activation. */
    private VocabularyHead vocabulary(VocabularyHead head) {
        String activation = config.family() == Family.ROBERTA ? "gelu" : Activation.operation(config.activation());
        return head.biased("mlm_bias").with(new Transform("mlm", config.hidden(), activation,
            Optional.of(new Norm.LayerNorm(config.eps()))));
    }

    private RowHead rows() {
        Labels labels = switch (config.problem()) {
            case SINGLE_LABEL -> Labels.ROW_CLASS;
            case MULTI_LABEL -> Labels.ROW_MULTI_LABEL;
            case REGRESSION -> Labels.ROW_VALUE;
        };
        Transform transform = switch (config.family()) {
            case BERT -> pooler();
            case ROBERTA -> Transform.of("classifier_dense", config.hidden(), "tanh");
            case DISTILBERT -> Transform.of("classifier_dense", config.hidden(), "relu");
        };
        String name = config.problem() == Problem.REGRESSION ? "regression" : "classification";
        return new RowHead(new Head(name, List.of(LOGITS), labels), Pooling.FIRST, Optional.of(transform),
            config.dropout().classifier(), config.family() == Family.ROBERTA, "classifier", config.labels(), true);
    }

    /** How names of classes end, and which head they mean. */
    private enum Ending {
        MASKED("ForMaskedLM", "mlm"),
        LM("LMHeadModel", "lm"),
        CAUSAL("ForCausalLM", "lm"),
        PRETRAINING("ForPreTraining", "pretraining"),
        NEXT_SENTENCE("ForNextSentencePrediction", "next_sentence"),
        ROWS("ForSequenceClassification", "classification"),
        SPAN("ForQuestionAnswering", "span"),
        TOKENS("ForTokenClassification", "tokens"),
        ALONE("Model", "pooled");

        private final String of;
        private final String head;

        Ending(String of, String head) {
            this.of = of;
            this.head = head;
        }

        private String head(EncoderConfig config) {
            return switch (this) {
                case ROWS -> config.problem() == Problem.REGRESSION ? "regression" : head;
                case ALONE -> config.family().pools() ? head : "";
                case PRETRAINING, NEXT_SENTENCE -> config.family() == Family.BERT ? head : "";
                default -> head;
            };
        }
    }
}
