package dev.transom.architecture.encoder.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.TransomException;
import dev.transom.api.config.Config;
import dev.transom.architecture.encoder.internal.EncoderConfig.Dropout;
import dev.transom.architecture.encoder.internal.EncoderConfig.Problem;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EncoderConfigTest {

    static final Map<String, Object> BERT = Map.of("model_type", "bert", "hidden_size", 32L, "num_hidden_layers", 2L,
        "num_attention_heads", 4L, "intermediate_size", 56L, "vocab_size", 97L, "max_position_embeddings", 40L,
        "type_vocab_size", 2L);
    static final Map<String, Object> DISTILBERT = Map.of("model_type", "distilbert", "dim", 32L, "n_layers", 2L,
        "n_heads", 4L, "hidden_dim", 56L, "vocab_size", 97L, "max_position_embeddings", 40L);

    @Test
    void readsTheDefaultsOfBert() {
        EncoderConfig config = read(BERT);
        assertEquals(1e-12, config.eps());
        assertEquals("gelu", config.activation());
        assertEquals(40, config.positions());
        assertEquals(0, config.firstPosition());
        assertEquals(new Dropout(0.1, 0.1, 0.1, 0), config.dropout());
        assertTrue(config.tied());
        assertFalse(config.causal());
    }

    @Test
    void beginsRobertasPositionsAfterItsPadding() {
        EncoderConfig config = read(BERT, "model_type", "roberta", "pad_token_id", 1L);
        assertEquals(2, config.firstPosition());
        assertEquals(38, config.positions());
        assertEquals(6, read(BERT, "model_type", "xlm-roberta", "pad_token_id", 5L).firstPosition());
    }

    @Test
    void readsDistilbertsOwnNames() {
        EncoderConfig config = read(DISTILBERT, "seq_classif_dropout", 0.3);
        assertEquals(32, config.hidden());
        assertEquals(56, config.inner());
        assertEquals(0, config.types());
        assertEquals(new Dropout(0.1, 0.3, 0.1, 0.1), config.dropout());
    }

    @Test
    void takesOneLabelForNumbersAndSeveralForClasses() {
        assertEquals(Problem.SINGLE_LABEL, read(BERT).problem());
        assertEquals(2, read(BERT).labels());
        EncoderConfig one = read(BERT, "id2label", Map.of("0", "score"));
        assertEquals(Problem.REGRESSION, one.problem());
        assertEquals(1, one.labels());
        assertEquals(3, read(BERT, "num_labels", 3L).labels());
        assertEquals(Problem.MULTI_LABEL, read(BERT, "problem_type", "multi_label_classification").problem());
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        refused("config.json: position_embedding_type must be absolute (other kinds are not read); got relative_key.",
            BERT, "position_embedding_type", "relative_key");
        refused("config.json: add_cross_attention must be false (a decoder that reads another encoder is not read); got true.",
            BERT, "add_cross_attention", true);
        refused("config.json: problem_type must be single_label_classification, multi_label_classification or regression;"
            + " got ranking.", BERT, "problem_type", "ranking");
        refused("config.json: model_type must be one of [bert, distilbert, roberta, xlm-roberta]; got electra.",
            BERT, "model_type", "electra");
    }

    @Test
    void refusesSizesThatDoNotFit() {
        refused("config.json: hidden_size must be a multiple of num_attention_heads 5; got 32.",
            BERT, "num_attention_heads", 5L);
        refused("config.json: dim must be a multiple of n_heads 3; got 32.", DISTILBERT, "n_heads", 3L);
        refused("config.json: pad_token_id must be below max_position_embeddings 40 less one; got 39.",
            BERT, "model_type", "roberta", "pad_token_id", 39L);
        refused("config.json: hidden_dropout_prob must be at least 0 and below 1; got 1.0.", BERT, "hidden_dropout_prob", 1.0);
        refused("config.json: layer_norm_eps must be positive; got 0.0.", BERT, "layer_norm_eps", 0.0);
        refused("config.json: vocab_size must be a positive integer; got 0.", BERT, "vocab_size", 0L);
    }

    @Test
    void refusesALanguageModelThatSeesTheFuture() {
        refused("config.json: is_decoder must be true for BertLMHeadModel, which generates; got false.",
            BERT, "architectures", List.of("BertLMHeadModel"));
    }

    static Config config(Map<String, Object> base, Object... changes) {
        Map<String, Object> values = new TreeMap<>(base);
        for (int i = 0; i < changes.length; i += 2) {
            values.put((String) changes[i], changes[i + 1]);
        }
        return new Config("config.json", values);
    }

    private static EncoderConfig read(Map<String, Object> base, Object... changes) {
        return EncoderConfig.read(config(base, changes));
    }

    private static void refused(String sentence, Map<String, Object> base, Object... changes) {
        assertEquals(sentence, assertThrows(TransomException.class, () -> read(base, changes)).getMessage());
    }
}
