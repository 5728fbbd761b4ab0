package dev.transom.architecture.llama.internal;

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
 * Llama 1 to 3. Touvron et al. 2023, "LLaMA" and "Llama 2"; Grattafiori et al. 2024, "The Llama 3 herd of models"; compared with
 * LlamaForCausalLM of Hugging Face transformers 4.57.6. The recipe decoder × RoPE × SwiGLU × pre-RMS-LN with these deviations:
 * D1 keys and values may have fewer heads, and a head may be wider or narrower than hidden / heads. D2 projections may
 * have biases. D3 frequencies may be scaled for longer rows. Dropout of attention probabilities
 * ({@code attention_dropout}) is not applied.
 */
@ProvidesArchitecture(model_type = "llama")
@Component(service = Architecture.class)
public final class LlamaArchitecture implements Architecture {

    @Override
    public Set<String> modelTypes() {
        return Set.of("llama");
    }

    @Override
    public ModelDefinition define(Config config) {
        LlamaConfig llama = LlamaConfig.read(config);
        Recipe recipe = LlamaRecipe.of(llama);
        ModelHead lm = VocabularyHead.lm(llama.tied() ? "embedding" : "lm_head", llama.vocabulary());
        List<ModelHead> heads = CausalHeads.read(config, "Llama", "ForCausalLM", lm, "score");
        return new RecipeModel(recipe.facts("llama", "Llama", heads, heads.getFirst().head().name()), recipe, heads,
            stored -> LlamaBindings.of(llama, stored));
    }
}
