package dev.transom.app.quantize.internal;

import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.format.FolderResources;
import dev.transom.api.format.ModelFiles;
import dev.transom.api.format.ModelFormat;
import dev.transom.api.format.Resources;
import dev.transom.api.model.Model;
import dev.transom.api.model.Models;
import dev.transom.api.model.OpenModel;
import dev.transom.api.tensor.ParameterStore;
import dev.transom.api.tensor.TypePlan;
import dev.transom.architecture.llama.internal.LlamaArchitecture;
import dev.transom.conformance.architecture.JudgedModel;
import dev.transom.format.gguf.internal.GgufFormat;
import dev.transom.format.huggingface.internal.HuggingFaceFormat;
import dev.transom.graph.Graph;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Llamas in folders and GGUF files, opened without a platform. */
final class OpenFolders implements Models {

    @Override
    public OpenModel open(String reference, Path directory) {
        Path path = directory.resolve(reference);
        Resources resources = Files.isDirectory(path) ? new FolderResources(path) : FolderResources.around(path);
        ModelFormat format = List.of(new HuggingFaceFormat(), new GgufFormat()).stream()
            .filter(one -> one.recognises(resources)).findFirst().orElseThrow();
        ModelFiles files = format.open(resources);
        ModelDefinition definition = new LlamaArchitecture().define(files.config());
        return new Open(reference, files, definition, JudgedModel.of(definition, files.tensors()));
    }

    @Override
    public List<Model> bundled() {
        return List.of();
    }

    @Override
    public Path directory() {
        return Path.of(".");
    }

    @Override
    public List<String> references() {
        return List.of();
    }

    private record Open(String reference, ModelFiles files, ModelDefinition definition, JudgedModel judged) implements OpenModel {

        @Override
        public String architecture() {
            return "test";
        }

        @Override
        public ParameterStore parameters() {
            return judged.parameters();
        }

        @Override
        public TypePlan types(Graph graph) {
            return judged.types().apply(graph);
        }

        @Override
        public void close() {
            files.close();
        }
    }
}
