package dev.transom.format.huggingface.internal;

import dev.transom.api.capability.ProvidesFormat;
import dev.transom.api.format.ModelFiles;
import dev.transom.api.format.ModelFormat;
import dev.transom.api.format.Resources;
import dev.transom.api.tokenizer.TokenizerFormat;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Model folders of the Hugging Face hub: config.json, safetensors, tokenizer.json or tokenizer.model. */
@Component(service = ModelFormat.class)
@ProvidesFormat(name = "huggingface")
public final class HuggingFaceFormat implements ModelFormat {

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC,
        policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<TokenizerFormat> tokenizers = List.of();

    @Override
    public String name() {
        return "huggingface";
    }

    @Override
    public boolean recognises(Resources resources) {
        boolean other = resources.chosen().isPresent()
            ? resources.chosen().filter(name -> name.endsWith(".json") || name.endsWith(".safetensors")).isEmpty()
            : has(resources, ".gguf") && !has(resources, ".safetensors");
        return resources.names().contains("config.json") && !other;
    }

    @Override
    public ModelFiles open(Resources resources) {
        try {
            return new HuggingFaceFiles(resources, tokenizers);
        } catch (RuntimeException failed) {
            resources.close();
            throw failed;
        }
    }

    private static boolean has(Resources resources, String suffix) {
        return resources.names().stream().anyMatch(name -> name.endsWith(suffix));
    }
}
