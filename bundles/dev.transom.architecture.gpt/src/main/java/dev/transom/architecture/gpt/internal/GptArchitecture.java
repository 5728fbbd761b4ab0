package dev.transom.architecture.gpt.internal;

import dev.transom.api.architecture.Architecture;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.capability.ProvidesArchitecture;
import dev.transom.api.config.Config;
import dev.transom.nn.CausalHeads;
import dev.transom.nn.ModelHead;
import dev.transom.nn.Recipe;
import dev.transom.nn.RecipeModel;
import dev.transom.nn.VocabularyHead;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * GPT-2. Radford et al. 2019, "Language models are unsupervised multitask learners"; compared with GPT2LMHeadModel of Hugging
 * Face transformers 4.57.6. The recipe decoder × learned × GELU × pre-LN with these deviations:
 * D1 queries, keys and values come from one matrix. D2 checkpoints store linear layers {@code [in, out]} (Conv1D).
 * D3 scores may also be divided by the number of the layer. {@code reorder_and_upcast_attn} concerns half precision only, so
 * nothing follows from it here. Dropout of attention probabilities ({@code attn_pdrop}) is not applied.
 */
@ProvidesArchitecture(model_type = "gpt2")
@Component(service = Architecture.class)
public final class GptArchitecture implements Architecture {

    @Override
    public Set<String> modelTypes() {
        return Set.of("gpt2");
    }

    @Override
    public ModelDefinition define(Config config) {
        GptConfig gpt = GptConfig.read(config);
        Recipe recipe = GptRecipe.of(gpt);
        ModelHead lm = VocabularyHead.lm(gpt.tied() ? "embedding" : "lm_head", gpt.vocabulary());
        List<ModelHead> heads = CausalHeads.read(config, "GPT2", "LMHeadModel", lm, "classifier");
        return new RecipeModel(recipe.facts("gpt2", "GPT-2", heads, heads.getFirst().head().name()), recipe, heads,
            stored -> GptBindings.of(gpt.layers(), stored));
    }
}
