package dev.transom.architecture.moe.internal;

import dev.transom.api.architecture.Architecture;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.capability.ProvidesArchitecture;
import dev.transom.api.config.Config;
import dev.transom.nn.BalancedHead;
import dev.transom.nn.CausalHeads;
import dev.transom.nn.ModelHead;
import dev.transom.nn.Recipe;
import dev.transom.nn.RecipeModel;
import dev.transom.nn.VocabularyHead;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * Mixtures of experts. Jiang et al. 2024, "Mixtral of experts"; Qwen Team 2024, "Qwen1.5-MoE"; compared with MixtralForCausalLM and
 * Qwen2MoeForCausalLM of Hugging Face transformers 4.57.6. The recipe decoder × RoPE × SwiGLU × pre-RMS-LN with these deviations:
 * D1 the feed-forward is a mixture of experts, Qwen's with one that all tokens use. D2 some of Qwen's layers may have one
 * feed-forward for all tokens, and layers may see a window only. D3 the loss may also ask for even use of experts. Dropout of
 * attention probabilities and noise of the router ({@code router_jitter_noise}) are not applied.
 */
@ProvidesArchitecture(model_type = {"mixtral", "qwen2_moe"})
@Component(service = Architecture.class)
public final class MoeArchitecture implements Architecture {

    @Override
    public Set<String> modelTypes() {
        return Set.of(Family.MIXTRAL.modelType(), Family.QWEN2_MOE.modelType());
    }

    @Override
    public ModelDefinition define(Config config) {
        MoeConfig moe = MoeConfig.read(config);
        Family family = moe.family();
        Recipe recipe = MoeRecipe.of(moe);
        ModelHead lm = new BalancedHead(VocabularyHead.lm(moe.tied() ? "embedding" : "lm_head", moe.vocabulary()),
            moe.experts().experts(), moe.experts().chosen(), moe.coefficient(), moe.balanced()); // D3
        List<ModelHead> heads = CausalHeads.read(config, family.classes(), "ForCausalLM", lm, "score");
        return new RecipeModel(recipe.facts(family.modelType(), family.title(), heads, heads.getFirst().head().name()), recipe,
            heads, stored -> MoeBindings.of(moe, stored));
    }
}
