package dev.transom.architecture.encoder.internal;

import dev.transom.api.tensor.Binding;
import dev.transom.nn.BindingTable;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where checkpoints of transformers keep each parameter. Other stored tensors ({@code embeddings.position_ids}, copies of tied
 * matrices) are not read.
 */
final class EncoderBindings {

    private static final String LAYER = "encoder.layers.*.";

    private final EncoderConfig config;
    private final Set<String> stored;
    private final BindingTable table;

    private EncoderBindings(EncoderConfig config, Set<String> stored) {
        this.config = config;
        this.stored = stored;
        this.table = new BindingTable(config.layers(), stored, config.family().prefix() + ".");
    }

    static Map<String, Binding> of(EncoderConfig config, Set<String> stored) {
        EncoderBindings bindings = new EncoderBindings(config, stored);
        bindings.embeddings();
        switch (config.family()) {
            case BERT -> bindings.bert();
            case ROBERTA -> bindings.roberta();
            case DISTILBERT -> bindings.distilbert();
        }
        return bindings.table.build();
    }

    private void embeddings() {
        table.row("embedding", "embeddings.word_embeddings")
            .row("token_type", "embeddings.token_type_embeddings")
            .row("position", "embeddings.position_embeddings")
            .row("encoder.embedding_norm", "embeddings.LayerNorm");
    }

    private void bert() {
        layersOfBert();
        table.head("mlm", "cls.predictions.transform.dense")
            .head("mlm_norm", "cls.predictions.transform.LayerNorm")
            .head("mlm_decoder", "cls.predictions.decoder")
            .put("mlm_bias", first("cls.predictions.bias", "cls.predictions.decoder.bias"))
            .head("next_sentence", "cls.seq_relationship")
            .head("classifier", "classifier")
            .head("span", "qa_outputs")
            .head("tokens", "classifier");
    }

    private void roberta() {
        layersOfBert();
        table.head("mlm", "lm_head.dense")
            .head("mlm_norm", "lm_head.layer_norm")
            .head("mlm_decoder", "lm_head.decoder")
            .put("mlm_bias", first("lm_head.bias", "lm_head.decoder.bias"))
            .head("classifier_dense", "classifier.dense")
            .head("classifier", "classifier.out_proj")
            .head("span", "qa_outputs")
            .head("tokens", "classifier");
    }

    private void layersOfBert() {
        table.row(LAYER + "self_attention.q_proj", "encoder.layer.*.attention.self.query")
            .row(LAYER + "self_attention.k_proj", "encoder.layer.*.attention.self.key")
            .row(LAYER + "self_attention.v_proj", "encoder.layer.*.attention.self.value")
            .row(LAYER + "self_attention.o_proj", "encoder.layer.*.attention.output.dense")
            .row(LAYER + "self_attention_norm", "encoder.layer.*.attention.output.LayerNorm")
            .row(LAYER + "feed_forward.up_proj", "encoder.layer.*.intermediate.dense")
            .row(LAYER + "feed_forward.down_proj", "encoder.layer.*.output.dense")
            .row(LAYER + "feed_forward_norm", "encoder.layer.*.output.LayerNorm")
            .row("pooler", "pooler.dense");
    }

    private void distilbert() {
        table.row(LAYER + "self_attention.q_proj", "transformer.layer.*.attention.q_lin")
            .row(LAYER + "self_attention.k_proj", "transformer.layer.*.attention.k_lin")
            .row(LAYER + "self_attention.v_proj", "transformer.layer.*.attention.v_lin")
            .row(LAYER + "self_attention.o_proj", "transformer.layer.*.attention.out_lin")
            .row(LAYER + "self_attention_norm", "transformer.layer.*.sa_layer_norm")
            .row(LAYER + "feed_forward.up_proj", "transformer.layer.*.ffn.lin1")
            .row(LAYER + "feed_forward.down_proj", "transformer.layer.*.ffn.lin2")
            .row(LAYER + "feed_forward_norm", "transformer.layer.*.output_layer_norm")
            .head("mlm", "vocab_transform")
            .head("mlm_norm", "vocab_layer_norm")
            .head("mlm_decoder", "vocab_projector")
            .put("mlm_bias", first("vocab_projector.bias"))
            .head("classifier_dense", "pre_classifier")
            .head("classifier", "classifier")
            .head("span", "qa_outputs")
            .head("tokens", "classifier");
    }

    /** The first of the names that is stored. */
    private Binding first(String... names) {
        return Binding.stored(Stream.of(names).filter(stored::contains).findFirst().orElse(names[0]));
    }
}
