package dev.transom.conformance.architecture;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.Architecture;
import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.GraphRequest.Extra;
import dev.transom.api.architecture.Head;
import dev.transom.api.architecture.Inputs;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.config.Config;
import dev.transom.api.tensor.Binding;
import dev.transom.graph.AttentionMask;
import dev.transom.graph.Dim;
import dev.transom.graph.Graph;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.Operations;
import dev.transom.graph.Shape;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A decoder of two layers, right but for one flaw: a good architecture and its sabotaged twins. */
record TinyDecoder(Flaw flaw, int hidden, AtomicInteger built) implements ModelDefinition {

    private static final int VOCABULARY = 11;
    private static final int HEADS = 2;
    private static final int DIM = 4;
    private static final int LAYERS = 2;

    /** What a twin does wrong. */
    enum Flaw {
        NONE, TWO_HEADS_OF_ONE_NAME, LAYERS_MISCOUNTED, FOREIGN_INPUT, OUTPUT_MISNAMED, BINDING_FORGOTTEN, HEAD_INVENTED,
        GRAPH_VARIES, SELECTED_FORGOTTEN, LIMITS_IGNORED, ROWS_MIXED, NOT_CAUSAL, CACHE_SHARED_BY_LAYERS, CACHE_WITHOUT_POSITIONS,
        CACHE_BEYOND_WINDOW, LAST_STATE_BEFORE_NORM, DROPOUT_DRAWS_TWICE, EMBEDDINGS_IGNORED, FIELD_NOT_VALIDATED,
        TYPE_NOT_ANNOUNCED
    }

    static TinyDecoder with(Flaw flaw) {
        return new TinyDecoder(flaw, 6, new AtomicInteger());
    }

    /** Its architecture. */
    static Architecture architecture(Flaw flaw) {
        return new Architecture() {
            @Override
            public Set<String> modelTypes() {
                return Set.of(flaw == Flaw.TYPE_NOT_ANNOUNCED ? "small" : "tiny");
            }

            @Override
            public ModelDefinition define(Config config) {
                int hidden = flaw == Flaw.FIELD_NOT_VALIDATED ? ((Long) config.values().get("hidden_size")).intValue()
                    : config.size("hidden_size");
                return new TinyDecoder(flaw, hidden, new AtomicInteger());
            }
        };
    }

    @Override
    public ModelFacts facts() {
        Head lm = new Head("lm", List.of("logits"), Head.Labels.NEXT_TOKEN);
        Head plain = new Head("plain", List.of("first"), Head.Labels.NONE);
        List<Head> heads = flaw == Flaw.TWO_HEADS_OF_ONE_NAME ? List.of(lm, plain, lm) : List.of(lm, plain);
        return new ModelFacts("tiny", "Tiny: decoder, RoPE, SiLU, pre-RMS-LN, 2 layers of " + hidden, ModelFacts.Structure.CAUSAL,
            hidden, flaw == Flaw.LAYERS_MISCOUNTED ? 3 : LAYERS, VOCABULARY, 40, 0, heads, "lm");
    }

    @Override
    public Graph graph(Operations operations, GraphRequest request) {
        for (String name : request.heads()) {
            if (flaw != Flaw.HEAD_INVENTED) {
                facts().head(name);
            }
        }
        if (request.loss() && !request.heads().contains("lm")) {
            throw new TransomException("model tiny: a loss requires the head lm; got " + request.heads() + ". Ask for lm.");
        }
        return new Building(operations, request).graph();
    }

    @Override
    public Map<String, Binding> bindings(Set<String> stored) {
        Graph graph = graph(Operations.core(), GraphRequest.whole(List.of("lm"), GraphRequest.Limits.of(4, 1)));
        return graph.parameters().stream().filter(node -> flaw != Flaw.BINDING_FORGOTTEN || !node.name().equals("final.weight"))
            .collect(Collectors.toMap(node -> node.name(), node -> Binding.stored(node.name())));
    }

    @Override
    public Optional<double[]> ropeFrequencies(int length) {
        return Optional.of(new double[] {1, 0.1});
    }

    /** One graph under construction. */
    private final class Building {

        private final GraphBuilder g;
        private final GraphRequest request;
        private final Dim tokens;
        private final Dim rows;
        private int dropouts;

        Building(Operations operations, GraphRequest request) {
            this.g = new GraphBuilder(operations);
            this.request = request;
            this.tokens = Dim.bounded("tokens", flaw == Flaw.LIMITS_IGNORED ? 8 : request.limits().tokens());
            this.rows = Dim.bounded("rows", request.limits().rows());
        }

        Graph graph() {
            Value x = embedded();
            List<Value> states = new ArrayList<>(List.of(x));
            for (int layer = 0; layer < LAYERS; layer++) {
                x = layer(x, layer);
                states.add(x);
            }
            Value last = g.rmsNorm(x, weight("final.weight", hidden), 1e-5);
            if (flaw != Flaw.LAST_STATE_BEFORE_NORM) {
                states.set(LAYERS, last);
            }
            if (request.extras().contains(Extra.HIDDEN_STATES)) {
                for (int i = 0; i < states.size(); i++) {
                    g.output("hidden_states." + i, states.get(i));
                }
            }
            if (request.extras().contains(Extra.LAST_HIDDEN_STATE) || request.heads().isEmpty()) {
                g.output("last_hidden_state", last);
            }
            heads(last);
            return g.build();
        }

        private Value embedded() {
            if (request.embeddings()) {
                Value rowsGiven = g.input(Inputs.EMBEDDINGS, Type.f32(tokens, Dim.of(hidden)));
                return flaw == Flaw.EMBEDDINGS_IGNORED ? g.scale(rowsGiven, 0) : rowsGiven;
            }
            String name = flaw == Flaw.FOREIGN_INPUT ? "ids" : Inputs.TOKENS;
            return dropped(g.gather(weight("embedding.weight", VOCABULARY, hidden), g.input(name, Type.i32(tokens))));
        }

        private void heads(Value last) {
            Value table = weight("embedding.weight", VOCABULARY, hidden);
            boolean chooses = request.selected() && flaw != Flaw.SELECTED_FORGOTTEN;
            Value x = chooses ? g.gather(last, g.input(Inputs.SELECTED,
                Type.i32(Dim.bounded("selected", request.limits().selected())))) : last;
            if (request.heads().contains("lm")) {
                g.output(flaw == Flaw.OUTPUT_MISNAMED ? "logit" : "logits", g.linear(x, table));
            }
            if (request.heads().contains("plain")) {
                g.output("first", g.silu(last));
            }
            if (request.loss()) {
                g.output("loss", g.linearCrossEntropy(last, table, g.input(Inputs.LABELS, Type.i32(tokens))));
            }
        }

        private Value layer(Value x, int layer) {
            String name = "layers." + layer + ".";
            Value y = g.add(x, dropped(attention(name, layer, g.rmsNorm(x, weight(name + "a.weight", hidden), 1e-5))));
            double eps = flaw == Flaw.GRAPH_VARIES ? 1e-5 * built.incrementAndGet() : 1e-5;
            Value z = g.rmsNorm(y, weight(name + "f.weight", hidden), eps);
            return g.add(y, g.linear(g.silu(g.linear(z, weight(name + "up", 9, hidden))), weight(name + "down", hidden, 9)));
        }

        private Value attention(String name, int layer, Value x) {
            Value offsets = g.input(Inputs.OFFSETS, Type.i32(rows.plus(Dim.of(1))));
            Value q = turned(g.splitHeads(g.linear(x, weight(name + "q", HEADS * DIM, hidden)), HEADS), offsets);
            Value k = turned(g.splitHeads(g.linear(x, weight(name + "k", DIM, hidden)), 1), offsets);
            Value v = g.splitHeads(g.linear(x, weight(name + "v", DIM, hidden)), 1);
            Value slopes = g.constant(Shape.of(Dim.of(HEADS)), 0, 0);
            double scale = 1 / Math.sqrt(DIM);
            AttentionMask mask = flaw == Flaw.NOT_CAUSAL && !request.cached() ? AttentionMask.bidirectional(scale)
                : AttentionMask.causal(scale).withWindow(flaw == Flaw.CACHE_BEYOND_WINDOW && request.cached() ? 0 : 6);
            Value y = request.cached() ? paged(layer, q, k, v, offsets, slopes, mask)
                : g.attention(q, mixed(k), mixed(v), offsets, offsets, slopes, mask);
            return g.linear(g.joinHeads(y), weight(name + "o", hidden, HEADS * DIM));
        }

        /** Every key is a little of the mean over all rows of the step. */
        private Value mixed(Value keys) {
            return flaw == Flaw.ROWS_MIXED ? g.add(keys, g.meanAll(keys)) : keys;
        }

        private Value turned(Value heads, Value offsets) {
            if (flaw == Flaw.CACHE_WITHOUT_POSITIONS && request.cached()) {
                return heads;
            }
            Value table = g.ropeTable(g.input(Inputs.POSITIONS, Type.i32(tokens)),
                g.input(Inputs.ROPE_FREQUENCIES, Type.f32(rows, Dim.of(DIM / 2))), offsets, 1);
            return g.rope(heads, table, "halves");
        }

        private Value paged(int layer, Value q, Value k, Value v, Value offsets, Value slopes, AttentionMask mask) {
            String name = "layers." + (flaw == Flaw.CACHE_SHARED_BY_LAYERS ? 0 : layer) + ".cache";
            Value cache = g.cache(new Type.CacheType(name, 1, DIM, DIM, request.limits().blockSize()));
            Value filled = g.kvAppend(cache, k, v, g.input(Inputs.SLOTS, Type.i32(tokens)));
            return g.pagedAttention(q, filled,
                g.input(Inputs.BLOCK_TABLES, Type.i32(rows, Dim.bounded("blocks", request.limits().blocks()))),
                g.input(Inputs.LENGTHS, Type.i32(rows)), offsets, slopes, mask);
        }

        private Value dropped(Value x) {
            return request.dropout() ? g.dropout(x, g.input(Inputs.SEED, Type.i32(Dim.of(2))), 0.2,
                flaw == Flaw.DROPOUT_DRAWS_TWICE ? 0 : dropouts++) : x;
        }

        private Value weight(String name, long... shape) {
            return g.parameter(name, Type.f32(Shape.of(shape)));
        }
    }
}
