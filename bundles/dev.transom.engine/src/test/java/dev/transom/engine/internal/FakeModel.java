package dev.transom.engine.internal;

import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.Head;
import dev.transom.api.architecture.Inputs;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.architecture.ModelFacts.Structure;
import dev.transom.api.config.Config;
import dev.transom.api.format.ModelFiles;
import dev.transom.api.model.OpenModel;
import dev.transom.api.tensor.Binding;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.ParameterStore;
import dev.transom.api.tensor.TensorSource;
import dev.transom.api.tensor.TypePlan;
import dev.transom.api.tokenizer.Tokenizer;
import dev.transom.graph.Dim;
import dev.transom.graph.Graph;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.Operations;
import dev.transom.graph.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A model whose graph only declares what generation needs; {@link FakeBackend} makes its logits. */
final class FakeModel implements OpenModel, ModelDefinition {

    static final int VOCABULARY = 50;

    final AtomicInteger closed = new AtomicInteger();
    private final ModelFacts facts;
    private final String architecture;
    private final Tokenizer tokenizer;
    private final boolean dynamicRope;

    FakeModel(Structure structure, int positions, int prefix, String architecture, Tokenizer tokenizer, boolean dynamicRope) {
        facts = new ModelFacts("fake", "a fake", structure, 8, 1, VOCABULARY, positions, prefix,
            List.of(new Head("lm", List.of("logits"), Head.Labels.NEXT_TOKEN)), "lm");
        this.architecture = architecture;
        this.tokenizer = tokenizer;
        this.dynamicRope = dynamicRope;
    }

    static FakeModel causal(int positions) {
        return new FakeModel(Structure.CAUSAL, positions, 0, "fake 1.0.0", null, false);
    }

    @Override
    public ModelFacts facts() {
        return facts;
    }

    @Override
    public Graph graph(Operations operations, GraphRequest request) {
        GraphBuilder g = new GraphBuilder(operations);
        GraphRequest.Limits limits = request.limits();
        side(g, "", limits.tokens(), limits);
        if (facts.structure() == Structure.ENCODER_DECODER) {
            side(g, Inputs.SOURCE, limits.sourceTokens(), limits);
        }
        g.output("selected", g.input(Inputs.SELECTED, Type.i32(Dim.bounded("selected", limits.selected()))));
        Dim rows = Dim.bounded("rows", limits.rows());
        g.output("rope", g.input(Inputs.ROPE_FREQUENCIES, Type.f32(rows, Dim.of(2))));
        return g.build();
    }

    private static void side(GraphBuilder g, String prefix, int tokens, GraphRequest.Limits limits) {
        Dim token = Dim.bounded(prefix + "tokens", tokens);
        Dim row = Dim.bounded("rows", limits.rows());
        for (String name : List.of(Inputs.TOKENS, Inputs.POSITIONS, Inputs.SLOTS)) {
            g.output(prefix + name, g.input(prefix + name, Type.i32(token)));
        }
        for (String name : List.of(Inputs.FIRST, Inputs.LAST, Inputs.LENGTHS)) {
            g.output(prefix + name, g.input(prefix + name, Type.i32(row)));
        }
        g.output(prefix + "offsets", g.input(prefix + Inputs.OFFSETS, Type.i32(Dim.bounded("rows+1", limits.rows() + 1))));
        g.output(prefix + "tables",
            g.input(prefix + Inputs.BLOCK_TABLES, Type.i32(row, Dim.bounded("blocks", limits.blocks()))));
    }

    @Override
    public Map<String, Binding> bindings(Set<String> stored) {
        return Map.of();
    }

    @Override
    public Optional<double[]> ropeFrequencies(int length) {
        return Optional.of(new double[] {1, dynamicRope && length > 20 ? 1.0 / length : 0.5});
    }

    @Override
    public String reference() {
        return "fake";
    }

    @Override
    public ModelFiles files() {
        return new FakeFiles();
    }

    @Override
    public ModelDefinition definition() {
        return this;
    }

    @Override
    public String architecture() {
        return architecture;
    }

    @Override
    public ParameterStore parameters() {
        return null;
    }

    @Override
    public TypePlan types(Graph graph) {
        return TypePlan.uniform(Format.F32);
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }

    private final class FakeFiles implements ModelFiles {

        @Override
        public String where() {
            return "fake";
        }

        @Override
        public Config config() {
            return new Config("config.json", Map.of());
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
        public TensorSource tensors() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<Tokenizer> tokenizer() {
            return Optional.ofNullable(tokenizer);
        }

        @Override
        public void close() {
            throw new IllegalStateException("files are closed with the model");
        }
    }
}
