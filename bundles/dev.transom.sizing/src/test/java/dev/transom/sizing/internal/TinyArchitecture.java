package dev.transom.sizing.internal;

import dev.transom.api.architecture.Architecture;
import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.Head;
import dev.transom.api.architecture.Inputs;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.architecture.ModelFacts.Structure;
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
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A decoder of two layers of 8 with two heads of 4 and one key-value head, tied vocabulary of 32, or an encoder of the same
 * layers with a pooler. By hand: a layer has q 8·8, k and v 8·4 each, o 8·8, in 8·16, out 16·8 and two norms of 8: 464; two
 * layers 928; the table 32·8 = 256; the last norm 8; the pooler 8·8 = 64.
 */
final class TinyArchitecture implements Architecture {

    static final int LAYER_MATRICES = 64 + 32 + 32 + 64 + 128 + 128;
    static final int PARAMETERS = 2 * (LAYER_MATRICES + 16) + 256 + 8;
    static final int POOLER = 64;
    private static final int HIDDEN = 8;
    private static final int HEADS = 2;
    private static final int DIM = 4;
    private static final int VOCABULARY = 32;

    @Override
    public Set<String> modelTypes() {
        return Set.of("tiny", "tiny-encoder");
    }

    @Override
    public ModelDefinition define(Config config) {
        boolean encoder = config.text("model_type").orElseThrow().equals("tiny-encoder");
        Head head = encoder ? new Head("pooled", List.of("pooled"), Head.Labels.NONE)
            : new Head("lm", List.of("logits"), Head.Labels.NEXT_TOKEN);
        return new Definition(new ModelFacts("tiny", "a tiny decoder", encoder ? Structure.ENCODER : Structure.CAUSAL, HIDDEN, 2,
            VOCABULARY, 64, 0, List.of(head), head.name()));
    }

    private record Definition(ModelFacts facts) implements ModelDefinition {

        @Override
        public Graph graph(Operations operations, GraphRequest request) {
            return new Build(new GraphBuilder(operations), request).graph(facts);
        }

        @Override
        public Map<String, Binding> bindings(Set<String> stored) {
            return Map.of();
        }
    }

    private record Build(GraphBuilder g, GraphRequest request) {

        Graph graph(ModelFacts facts) {
            Value ids = g.input(Inputs.TOKENS, Type.i32(Dim.bounded("tokens", request.limits().tokens())));
            Value table = parameter("table", VOCABULARY, HIDDEN);
            Value x = g.gather(table, ids);
            for (int layer = 0; layer < facts.layers(); layer++) {
                String name = layer + ".";
                x = g.add(x, attention(name, g.rmsNorm(x, parameter(name + "norm1", HIDDEN), 1e-6)));
                Value z = g.rmsNorm(x, parameter(name + "norm2", HIDDEN), 1e-6);
                Value inner = g.gelu(g.linear(z, parameter(name + "in", 2 * HIDDEN, HIDDEN)));
                x = g.add(x, g.matmul(inner, parameter(name + "out", 2 * HIDDEN, HIDDEN), false, false));
            }
            x = g.rmsNorm(x, parameter("norm", HIDDEN), 1e-6);
            g.output("last_hidden_state", x);
            if (request.heads().contains("lm")) {
                g.output("logits", g.linear(request.selected() ? rows(x, Inputs.SELECTED, request.limits().selected()) : x,
                    table));
            } else if (request.heads().contains("pooled")) {
                g.output("pooled", g.linear(rows(x, Inputs.FIRST, request.limits().rows()), parameter("pooler", HIDDEN, HIDDEN)));
            }
            return g.build();
        }

        private Value rows(Value x, String input, int most) {
            return g.gather(x, g.input(input, Type.i32(Dim.bounded(input, most))));
        }

        private Value attention(String name, Value x) {
            Value q = g.splitHeads(g.linear(x, parameter(name + "q", HIDDEN, HIDDEN)), HEADS);
            Value k = g.splitHeads(g.linear(x, parameter(name + "k", DIM, HIDDEN)), 1);
            Value v = g.splitHeads(g.linear(x, parameter(name + "v", DIM, HIDDEN)), 1);
            Dim rows = Dim.bounded("rows", request.limits().rows());
            Value offsets = g.input(Inputs.OFFSETS, Type.i32(rows.plus(Dim.of(1))));
            Value slopes = g.constant(Shape.of(HEADS), new double[HEADS]);
            AttentionMask mask = AttentionMask.causal(0.5);
            Value y = request.cached() ? cached(name, q, k, v, offsets, slopes, mask, rows)
                : g.attention(q, k, v, offsets, offsets, slopes, mask);
            return g.linear(g.joinHeads(y), parameter(name + "o", HIDDEN, HIDDEN));
        }

        private Value cached(String name, Value q, Value k, Value v, Value offsets, Value slopes, AttentionMask mask, Dim rows) {
            Value cache = g.cache(new Type.CacheType(name + "self", 1, DIM, DIM, request.limits().blockSize()));
            Value filled = g.kvAppend(cache, k, v,
                g.input(Inputs.SLOTS, Type.i32(Dim.bounded("tokens", request.limits().tokens()))));
            return g.pagedAttention(q, filled,
                g.input(Inputs.BLOCK_TABLES, Type.i32(rows, Dim.bounded("blocks", request.limits().blocks()))),
                g.input(Inputs.LENGTHS, Type.i32(rows)), offsets, slopes, mask);
        }

        private Value parameter(String name, long... sizes) {
            return g.parameter(name, Type.f32(Shape.of(sizes)));
        }
    }
}
