package dev.transom.app.quantize.internal;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.model.OpenModel;
import dev.transom.api.tensor.Binding;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.graph.Graph;
import dev.transom.graph.Node;
import dev.transom.graph.Operations;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what is to be written, from a GGUF file or any other model that an architecture gives GGUF names. */
final class Sources {

    private static final String ARCHITECTURE = "general.architecture";
    private static final String HEAD = "lm";

    private Sources() {
    }

    static Source of(OpenModel model, Operations operations) {
        return model.files().config().has(ARCHITECTURE) ? gguf(model) : other(model, operations);
    }

    /** The file's own metadata and tensors; names without a dot are what the reader added. */
    private static Source gguf(OpenModel model) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        model.files().config().values().forEach((key, value) -> {
            if (key.contains(".") && !key.startsWith("split.") && !key.equals("general.alignment") && !key.equals("general.file_type")
                && !key.equals("general.quantization_version")) {
                metadata.put(key, value);
            }
        });
        List<Source.Tensor> tensors = model.files().tensors().names().stream().map(name -> {
            StoredTensor tensor = model.files().tensors().find(name).orElseThrow();
            return new Source.Tensor(name, tensor.shape(), () -> tensor);
        }).toList();
        return new Source(metadata, tensors);
    }

    private static Source other(OpenModel model, Operations operations) {
        if (!model.definition().facts().hasHead(HEAD)) {
            throw new TransomException(model.files().where() + ": a model with a language modelling head is required; "
                + model.definition().facts().modelType() + " has none. Models of this architecture cannot be written as GGUF.");
        }
        Graph graph = model.definition().graph(operations, GraphRequest.whole(List.of(HEAD), GraphRequest.Limits.of(1, 1)));
        List<String> parameters = graph.parameters().stream().map(Node::name).toList();
        Set<String> stored = new HashSet<>(Set.of("token_embd.weight"));
        if (!model.files().config().flag("tie_word_embeddings", false)) {
            stored.add("output.weight");
        }
        Map<String, Binding> bindings = model.definition().bindings(stored);
        if (!Binding.stored("token_embd.weight").equals(bindings.get("embedding.weight"))) {
            throw new TransomException(model.files().where() + ": an architecture with GGUF names is required; "
                + model.definition().facts().modelType() + " has none. Models of this architecture cannot be written as GGUF.");
        }
        List<Source.Tensor> tensors = new ArrayList<>(new Backwards(model.files().where(), bindings, name -> model.parameters().find(name)
            .orElseThrow(() -> new TransomException(model.files().where() + ": parameter " + name
                + " is required; the files do not hold it. Download the model again."))).tensors(parameters));
        Metadata metadata = new Metadata(model.files(), model.definition().facts());
        metadata.divisors().ifPresent(tensors::add);
        return new Source(metadata.values(), tensors);
    }
}
