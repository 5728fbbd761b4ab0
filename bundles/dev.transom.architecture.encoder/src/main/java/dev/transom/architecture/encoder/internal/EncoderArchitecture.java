package dev.transom.architecture.encoder.internal;

import dev.transom.api.architecture.Architecture;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.capability.ProvidesArchitecture;
import dev.transom.api.config.Config;
import dev.transom.nn.ModelHead;
import dev.transom.nn.Recipe;
import dev.transom.nn.RecipeModel;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Reads configurations of BERT and its relatives. */
@Component
@ProvidesArchitecture(model_type = {"bert", "roberta", "xlm-roberta", "distilbert"})
public final class EncoderArchitecture implements Architecture {

    @Override
    public Set<String> modelTypes() {
        return Family.allModelTypes();
    }

    @Override
    public ModelDefinition define(Config values) {
        EncoderConfig config = EncoderConfig.read(values);
        Recipe recipe = EncoderRecipe.of(config);
        EncoderHeads heads = new EncoderHeads(config);
        List<ModelHead> all = heads.all();
        return new RecipeModel(recipe.facts(config.modelType(), config.family().title(), all, heads.named(config.architecture())),
            recipe, all, stored -> EncoderBindings.of(config, stored));
    }
}
