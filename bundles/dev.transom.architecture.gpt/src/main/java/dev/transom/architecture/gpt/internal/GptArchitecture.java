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
 * GPT-2 and its relatives. Radford et al. 2019, "Language models are unsupervised multitask learners"; the papers of
 * {@link Family}; compared with the classes of Hugging Face transformers 4.57.6. The recipe decoder × learned × GELU × pre-LN with
 * these deviations:
 * D1 queries, keys and values of GPT and GPT-2 come from one matrix. D2 their checkpoints store linear layers {@code [in, out]}
 * (Conv1D). D3 scores may also be divided by the number of the layer. D4 files of GPT-NeoX and BLOOM fuse queries, keys and values
 * head by head. D5 attention and feed-forward of GPT-NeoX stand side by side. D6 OPT's table of positions begins with two rows
 * that nobody reads, and its embedding may be narrower than its layers. D7 BLOOM norms its embeddings; BLOOM and MPT have ALiBi,
 * GPT-NeoX RoPE. {@code reorder_and_upcast_attn} concerns half precision only, so nothing follows from it here. Dropout of
 * attention probabilities ({@code attn_pdrop}) is not applied, nor OPT's {@code layerdrop}.
 */
@ProvidesArchitecture(model_type = {"gpt2", "openai-gpt", "gpt_neox", "opt", "bloom", "mpt"})
@Component(service = Architecture.class)
public final class GptArchitecture implements Architecture {

    @Override
    public Set<String> modelTypes() {
        return Family.modelTypes();
    }

    @Override
    public ModelDefinition define(Config config) {
        GptConfig gpt = GptConfig.read(config);
        Family family = gpt.family();
        Recipe recipe = GptRecipe.of(gpt);
        ModelHead lm = VocabularyHead.lm(gpt.tied() ? "embedding" : "lm_head", gpt.vocabulary());
        List<ModelHead> heads = CausalHeads.read(config, family.classes(), family.causal(), lm, "classifier");
        return new RecipeModel(recipe.facts(family.modelType(), family.title(), heads, heads.getFirst().head().name()), recipe,
            heads, stored -> GptBindings.of(gpt, stored));
    }
}
