package dev.transom.app.inspect.internal;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.Head;
import dev.transom.api.architecture.Inputs;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.architecture.ModelFacts.Structure;
import dev.transom.api.config.Config;
import dev.transom.api.format.ModelFiles;
import dev.transom.api.model.Model;
import dev.transom.api.model.Models;
import dev.transom.api.model.OpenModel;
import dev.transom.api.tensor.Binding;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.ParameterStore;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.api.tensor.TensorSource;
import dev.transom.api.tensor.TypePlan;
import dev.transom.api.tokenizer.Tokenizer;
import dev.transom.graph.Dim;
import dev.transom.graph.Graph;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.Operations;
import dev.transom.graph.Shape;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/**
 * One table of 10 × 4 and one matrix of 4 × 4, stored transposed, with the heads lm (tied) and pooled, whose matrix is not
 * stored; opens itself.
 */
final class SmallModel implements Models, OpenModel, ModelDefinition {

    private final Structure structure;
    private final Map<String, StoredTensor> stored = new LinkedHashMap<>();

    /** @param weights whether tensors are stored */
    SmallModel(Structure structure, boolean weights) {
        this.structure = structure;
        if (weights) {
            store("table", Format.BF16, 10, 4);
            store("matrix", Format.F16, 4, 4);
            store("leftover", Format.F32, 3);
        }
    }

    private void store(String name, Format format, long... shape) {
        stored.put(name, new StoredTensor(name, format, java.util.Arrays.stream(shape).boxed().toList(), MemorySegment.NULL));
    }

    @Override
    public ModelFacts facts() {
        return new ModelFacts("small", "Small: a table and a matrix", structure, 4, 1, 10, 64, 0,
            List.of(new Head("lm", List.of("logits"), Head.Labels.NEXT_TOKEN),
                new Head("pooled", List.of("pooled"), Head.Labels.NONE)),
            structure == Structure.ENCODER ? "pooled" : "lm");
    }

    @Override
    public Graph graph(Operations operations, GraphRequest request) {
        GraphBuilder g = new GraphBuilder(operations);
        Dim tokens = Dim.bounded("tokens", request.limits().tokens());
        Value table = g.parameter("table", Type.f32(Shape.of(10, 4)));
        Value x = g.linear(g.gather(table, g.input(Inputs.TOKENS, Type.i32(tokens))),
            g.parameter("inner", Type.f32(Shape.of(4, 4))));
        if (request.cached()) {
            Value heads = g.splitHeads(x, 1);
            Value cache = g.cache(new Type.CacheType("self", 1, 4, 4, request.limits().blockSize()));
            g.output("cache", g.kvAppend(cache, heads, heads, g.input(Inputs.SLOTS, Type.i32(tokens))));
        }
        if (request.loss()) {
            g.output("loss", g.linearCrossEntropy(x, table, g.input(Inputs.LABELS, Type.i32(tokens))));
        } else if (request.heads().contains("lm")) {
            g.output("logits", g.linear(x, table));
        } else if (request.heads().contains("pooled")) {
            g.output("pooled", g.linear(x, g.parameter("pooler", Type.f32(Shape.of(4, 4)))));
        } else {
            g.output("last_hidden_state", x);
        }
        return g.build();
    }

    @Override
    public Map<String, Binding> bindings(Set<String> names) {
        return Map.of("table", Binding.stored("table"), "inner", new Binding.Permute(Binding.stored("matrix"), List.of(1, 0)),
            "pooler", Binding.stored("pooler.weight"));
    }

    @Override
    public TypePlan types(Graph graph) {
        return new TypePlan(Map.of("table", Format.BF16), Format.F32, Format.F32);
    }

    @Override
    public OpenModel open(String reference, Path directory) {
        return this;
    }

    @Override
    public Path directory() {
        return Path.of("/models");
    }

    @Override
    public List<String> references() {
        return List.of("bundle:small");
    }

    @Override
    public String reference() {
        return "small";
    }

    @Override
    public String architecture() {
        return "dev.transom.architecture.small 1.0.0";
    }

    @Override
    public ModelFiles files() {
        return new Files();
    }

    @Override
    public ModelDefinition definition() {
        return this;
    }

    @Override
    public List<Model> bundled() {
        return List.of();
    }

    @Override
    public ParameterStore parameters() {
        throw new AssertionError("weights must not be loaded");
    }

    @Override
    public void close() {
        // Holds nothing.
    }

    private final class Files implements ModelFiles, TensorSource {

        @Override
        public TensorSource tensors() {
            if (stored.isEmpty()) {
                throw new TransomException("small: weights are missing.");
            }
            return this;
        }

        @Override
        public SequencedSet<String> names() {
            return Collections.unmodifiableSequencedSet(new LinkedHashSet<>(stored.keySet()));
        }

        @Override
        public Optional<StoredTensor> find(String name) {
            return Optional.ofNullable(stored.get(name));
        }

        @Override
        public Config config() {
            return new Config("config.json", Map.of("model_type", "small", "dtype", "float16"));
        }

        @Override
        public String where() {
            return "/models/small";
        }

        @Override
        public Config generationConfig() {
            return config();
        }

        @Override
        public Optional<Config> json(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<Tokenizer> tokenizer() {
            return Optional.empty();
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
