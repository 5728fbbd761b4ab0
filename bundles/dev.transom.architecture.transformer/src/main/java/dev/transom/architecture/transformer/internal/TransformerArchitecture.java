package dev.transom.architecture.transformer.internal;

import dev.transom.api.architecture.Architecture;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.capability.ProvidesArchitecture;
import dev.transom.api.config.Config;
import dev.transom.api.tensor.Binding;
import dev.transom.nn.BindingTable;
import dev.transom.nn.ModelHead;
import dev.transom.nn.Recipe;
import dev.transom.nn.RecipeModel;
import dev.transom.nn.VocabularyHead;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Reads configurations that name a recipe by its four choices. */
@Component
@ProvidesArchitecture(model_type = TransformerArchitecture.MODEL_TYPE)
public final class TransformerArchitecture implements Architecture {

    static final String MODEL_TYPE = "transformer";

    @Override
    public Set<String> modelTypes() {
        return Set.of(MODEL_TYPE);
    }

    @Override
    public ModelDefinition define(Config values) {
        TransformerConfig config = TransformerConfig.read(values);
        Recipe recipe = TransformerRecipe.of(config);
        List<ModelHead> heads = heads(config);
        return new RecipeModel(recipe.facts(MODEL_TYPE, "Transformer", heads, heads.getFirst().head().name()), recipe, heads,
            stored -> bindings(config, stored));
    }

    /** The default head first: what a stack of this structure is trained on. */
    private static List<ModelHead> heads(TransformerConfig config) {
        String table = config.tied() ? "embedding" : "lm_head";
        VocabularyHead next = VocabularyHead.lm(table, config.vocabulary());
        VocabularyHead own = VocabularyHead.unshifted("mlm", "logits", table, config.vocabulary());
        return switch (config.structure()) {
            case ENCODER -> List.of(own);
            case CAUSAL_ENCODER -> List.of(own, next);
            case DECODER, PREFIX_DECODER -> List.of(next);
            // The target comes shifted already: its labels are each token's own.
            case ENCODER_DECODER -> List.of(VocabularyHead.unshifted("lm", "logits", table, config.vocabulary()));
        };
    }

    private static Map<String, Binding> bindings(TransformerConfig config, Set<String> stored) {
        BindingTable table = new BindingTable(Math.max(config.encoderLayers(), config.decoderLayers()), stored)
            .row("embedding", "embedding").row("position", "position").row("lm_head", "lm_head")
            .row("encoder.layers.*.self_attention_norm", "encoder.layers.*.norm1")
            .row("encoder.layers.*.feed_forward_norm", "encoder.layers.*.norm2")
            .row("decoder.layers.*.self_attention_norm", "decoder.layers.*.norm1")
            .row("decoder.layers.*.cross_attention_norm", "decoder.layers.*.norm2")
            .row("decoder.layers.*.feed_forward_norm", "decoder.layers.*.norm3");
        for (String stack : List.of("encoder", "decoder")) {
            table.row(stack + ".final_norm", stack + ".final_norm");
            for (String part : List.of("self_attention.q_proj", "self_attention.k_proj", "self_attention.v_proj",
                    "self_attention.o_proj", "cross_attention.q_proj", "cross_attention.k_proj", "cross_attention.v_proj",
                    "cross_attention.o_proj", "feed_forward.up_proj", "feed_forward.gate_proj", "feed_forward.down_proj")) {
                table.row(stack + ".layers.*." + part, stack + ".layers.*." + part);
            }
        }
        return table.build();
    }
}
