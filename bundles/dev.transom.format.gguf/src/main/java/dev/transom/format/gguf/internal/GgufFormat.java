package dev.transom.format.gguf.internal;

import dev.transom.api.TransomException;
import dev.transom.api.capability.ProvidesFormat;
import dev.transom.api.format.ModelFiles;
import dev.transom.api.format.ModelFormat;
import dev.transom.api.format.Resources;
import dev.transom.api.tokenizer.VocabularyReader;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Models in GGUF files: a file that the user names, or the only one of a folder, in one part or several. */
@Component(service = ModelFormat.class)
@ProvidesFormat(name = "gguf")
public final class GgufFormat implements ModelFormat {

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
        policyOption = ReferencePolicyOption.GREEDY)
    private volatile VocabularyReader vocabularies;

    @Override
    public String name() {
        return "gguf";
    }

    @Override
    public boolean recognises(Resources resources) {
        return !Parts.candidates(resources).isEmpty();
    }

    @Override
    public ModelFiles open(Resources resources) {
        try {
            List<String> candidates = Parts.candidates(resources);
            if (candidates.size() != 1) {
                throw new TransomException(resources.where() + ": one GGUF model is required; the folder holds " + candidates.size()
                    + ", " + candidates.stream().limit(5).toList() + ". Name the file.");
            }
            return new GgufFiles(resources, candidates.getFirst(), () -> reader(resources.where()));
        } catch (RuntimeException failed) {
            resources.close();
            throw failed;
        }
    }

    private VocabularyReader reader(String where) {
        VocabularyReader present = vocabularies;
        if (present == null) {
            throw new TransomException(where + ": a bundle that reads GGUF vocabularies is required for text; none is running."
                + " Install dev.transom.tokenizers.");
        }
        return present;
    }
}
