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
 * Llama 1 to 3 and its relatives. Touvron et al. 2023, "LLaMA" and "Llama 2"; Grattafiori et al. 2024, "The Llama 3 herd of
 * models"; the papers of {@link Family}; compared with the classes of Hugging Face transformers 4.57.6. The recipe decoder ×
 * RoPE × SwiGLU × pre-RMS-LN with these deviations:
 * D1 keys and values may have fewer heads, and a head may be wider or narrower than hidden / heads. D2 projections may
 * have biases. D3 frequencies may be scaled for longer rows, and turn a part of a head only (Phi-3). D4 layers may see a window
 * only (Mistral, Qwen, Phi-3, Gemma 2 and 3), and those of Gemma 3 turn by a base of their own. D5 Qwen 3 and Gemma 3 norm each
 * head of queries and keys. D6 Gemma 2 caps scores, and 2 and 3 scale them by a number of their own and cap logits. D7 Gemma's
 * norms multiply by 1 + w. D8 Gemma scales embeddings by sqrt(hidden). D9 Gemma 2 and 3 norm the results of sub-layers too.
 * D10 Phi-3's files fuse queries, keys and values, and gate and up. Dropout of attention probabilities
 * ({@code attention_dropout}) is not applied, nor, as in the library, Gemma 3's {@code attn_logit_softcapping}.
 */
@ProvidesArchitecture(model_type = {"llama", "mistral", "qwen2", "qwen3", "gemma", "gemma2", "gemma3_text", "phi3"})
@Component(service = Architecture.class)
public final class LlamaArchitecture implements Architecture {

    @Override
    public Set<String> modelTypes() {
        return Family.modelTypes();
    }

    @Override
    public ModelDefinition define(Config config) {
        LlamaConfig llama = LlamaConfig.read(config);
        Family family = llama.family();
        Recipe recipe = LlamaRecipe.of(llama);
        ModelHead lm = VocabularyHead.lm(llama.tied() ? "embedding" : "lm_head", llama.vocabulary()).capped(llama.finalCap()); // D6
        List<ModelHead> heads = CausalHeads.read(config, family.classes(), "ForCausalLM", lm, "score");
        return new RecipeModel(recipe.facts(family.modelType(), family.title(), heads, heads.getFirst().head().name()), recipe,
            heads, stored -> LlamaBindings.of(llama, stored));
    }
}
