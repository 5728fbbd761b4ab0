package dev.transom.architecture.encoder.internal;

import dev.transom.api.config.Config;
import java.util.List;

/**
 * A configuration of the family, validated.
 *
 * @param modelType     as in config.json
 * @param architecture  {@code architectures[0]}, or empty
 * @param inner         width of the feed-forward layer
 * @param positions     longest row
 * @param firstPosition row of the position table that position 0 reads (RoBERTa keeps rows 0 … pad for padding)
 * @param types         token types, 0 where there are none
 * @param causal        each token sees earlier ones only
 * @param tied          the decoder of the language-model head is the embedding table
 * @param labels        outputs of the classifiers
 */
record EncoderConfig(Family family, String modelType, String architecture, int hidden, int layers, int heads, int inner,
        int vocabulary, int positions, int firstPosition, int types, String activation, double eps, boolean causal,
        boolean tied, int labels, Problem problem, Dropout dropout) {

    private static final double DISTILBERT_EPS = 1e-12;

    /** What a classifier of rows is trained on. */
    enum Problem { SINGLE_LABEL, MULTI_LABEL, REGRESSION }

    /**
     * Dropout in training, by place.
     *
     * @param hidden     after the embeddings and each sub-layer
     * @param classifier before the classifier of rows
     * @param tokens     before the classifier of tokens
     * @param span       before the span outputs
     */
    record Dropout(double hidden, double classifier, double tokens, double span) {
    }

    static EncoderConfig read(Config config) {
        String modelType = config.text("model_type").orElseThrow(() -> config.missing("model_type"));
        Family family = Family.of(modelType).orElseThrow(() ->
            config.wrong("model_type", "one of " + Family.allModelTypes(), modelType));
        String name = family == Family.DISTILBERT ? "dim" : "hidden_size";
        String heads = family == Family.DISTILBERT ? "n_heads" : "num_attention_heads";
        if (config.size(name) % config.size(heads) != 0) {
            throw config.wrong(name, "a multiple of " + heads + " " + config.size(heads), config.size(name));
        }
        return family == Family.DISTILBERT ? distilbert(config, modelType) : bert(config, family, modelType);
    }

    private static EncoderConfig bert(Config config, Family family, String modelType) {
        refuseOther(config, "position_embedding_type", "absolute");
        refuse(config, "add_cross_attention");
        int first = family == Family.ROBERTA ? config.int32("pad_token_id", 1) + 1 : 0;
        int table = config.size("max_position_embeddings");
        if (first < 0 || first >= table) {
            throw config.wrong("pad_token_id", "below max_position_embeddings " + table + " less one", first - 1);
        }
        double hidden = probability(config, "hidden_dropout_prob", 0.1);
        double classifier = probability(config, "classifier_dropout", hidden);
        boolean causal = config.flag("is_decoder", false);
        String architecture = architecture(config);
        if (!causal && (architecture.endsWith("LMHeadModel") || architecture.endsWith("ForCausalLM"))) {
            throw config.wrong("is_decoder", "true for " + architecture + ", which generates", false);
        }
        int labels = labels(config);
        return new EncoderConfig(family, modelType, architecture, config.size("hidden_size"),
            config.size("num_hidden_layers"), config.size("num_attention_heads"), config.size("intermediate_size"),
            config.size("vocab_size"), table - first, first, config.size("type_vocab_size"),
            config.text("hidden_act", "gelu"), eps(config), causal, config.flag("tie_word_embeddings", true), labels,
            problem(config, labels), new Dropout(hidden, classifier, classifier, 0));
    }

    private static EncoderConfig distilbert(Config config, String modelType) {
        double hidden = probability(config, "dropout", 0.1);
        int labels = labels(config);
        // sinusoidal_pos_embds only says how the table was initialised: checkpoints store it either way.
        return new EncoderConfig(Family.DISTILBERT, modelType, architecture(config), config.size("dim"),
            config.size("n_layers"), config.size("n_heads"), config.size("hidden_dim"), config.size("vocab_size"),
            config.size("max_position_embeddings"), 0, 0, config.text("activation", "gelu"), DISTILBERT_EPS, false,
            config.flag("tie_word_embeddings", true), labels, problem(config, labels),
            new Dropout(hidden, probability(config, "seq_classif_dropout", 0.2), hidden,
                probability(config, "qa_dropout", 0.1)));
    }

    private static String architecture(Config config) {
        List<String> architectures = config.texts("architectures");
        return architectures.isEmpty() ? "" : architectures.getFirst();
    }

    private static double eps(Config config) {
        double eps = config.real("layer_norm_eps", 1e-12);
        if (!(eps > 0)) {
            throw config.wrong("layer_norm_eps", "positive", eps);
        }
        return eps;
    }

    /** As many as id2label names, else num_labels, else two. */
    private static int labels(Config config) {
        int named = config.object("id2label").map(names -> names.values().size()).orElse(0);
        return named > 0 ? named : config.has("num_labels") ? config.size("num_labels") : 2;
    }

    /** Without problem_type one label means numbers and several mean classes, as labels of classes come as integers. */
    private static Problem problem(Config config, int labels) {
        String type = config.text("problem_type", labels == 1 ? "regression" : "single_label_classification");
        return switch (type) {
            case "single_label_classification" -> Problem.SINGLE_LABEL;
            case "multi_label_classification" -> Problem.MULTI_LABEL;
            case "regression" -> Problem.REGRESSION;
            default -> throw config.wrong("problem_type",
                "single_label_classification, multi_label_classification or regression", type);
        };
    }

    private static double probability(Config config, String key, double otherwise) {
        double p = config.real(key, otherwise);
        if (!(p >= 0 && p < 1)) {
            throw config.wrong(key, "at least 0 and below 1", p);
        }
        return p;
    }

    private static void refuseOther(Config config, String key, String only) {
        String value = config.text(key, only);
        if (!value.equals(only)) {
            throw config.wrong(key, only + " (other kinds are not read)", value);
        }
    }

    private static void refuse(Config config, String key) {
        if (config.flag(key, false)) {
            throw config.wrong(key, "false (a decoder that reads another encoder is not read)", true);
        }
    }
}
