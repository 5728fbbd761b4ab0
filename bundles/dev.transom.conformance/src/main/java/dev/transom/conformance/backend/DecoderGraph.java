package dev.transom.conformance.backend;

import dev.transom.api.tensor.Format;
import dev.transom.conformance.internal.HeldParameters;
import dev.transom.graph.AttentionMask;
import dev.transom.graph.Autodiff;
import dev.transom.graph.CounterRandom;
import dev.transom.graph.Dim;
import dev.transom.graph.Graph;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Operations;
import dev.transom.graph.Shape;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A small decoder in the manner of Llama with grouped heads, the second layer with a window and a softcap: in one pass over whole
 * rows, in steps over a cache, or with its loss and the gradients of all parameters.
 */
final class DecoderGraph {

    static final int VOCABULARY = 61;
    static final int BLOCK = 4;
    /** Blocks of one row's table. */
    static final int TABLE = 6;
    static final int LAYERS = 2;
    /** The longest path of sums from ids to logits. */
    static final double TERMS = 1000;

    private static final int HIDDEN = 48;
    private static final int HEADS = 4;
    private static final int KV_HEADS = 2;
    private static final int DIM = 12;
    private static final int INNER = 70;
    private static final Dim TOKENS = Dim.bounded("tokens", 40);
    private static final Dim ROWS = Dim.bounded("rows", 4);

    private final GraphBuilder g;
    private final boolean cached;
    private final Map<String, Type.TensorType> parameters = new LinkedHashMap<>();

    private DecoderGraph(Operations operations, boolean cached) {
        this.g = new GraphBuilder(operations);
        this.cached = cached;
    }

    /** Logits of all tokens, rows whole. */
    static Graph onePass(Operations operations) {
        DecoderGraph decoder = new DecoderGraph(operations, false);
        decoder.g.output("logits", decoder.g.linear(decoder.hidden(), decoder.parameter("embedding", VOCABULARY, HIDDEN)));
        return decoder.g.build();
    }

    /** Logits of all tokens, earlier ones cached. */
    static Graph steps(Operations operations) {
        DecoderGraph decoder = new DecoderGraph(operations, true);
        decoder.g.output("logits", decoder.g.linear(decoder.hidden(), decoder.parameter("embedding", VOCABULARY, HIDDEN)));
        return decoder.g.build();
    }

    /** The loss at labels and the gradient of every parameter. */
    static Graph training(Operations operations) {
        DecoderGraph decoder = new DecoderGraph(operations, false);
        GraphBuilder g = decoder.g;
        Value loss = g.linearCrossEntropy(decoder.hidden(), decoder.parameter("embedding", VOCABULARY, HIDDEN),
            g.input("labels", Type.i32(TOKENS)));
        g.output("loss", loss);
        var values = decoder.parameters.entrySet().stream()
            .map(entry -> g.parameter(entry.getKey(), entry.getValue())).toList();
        var gradients = Autodiff.gradients(g, loss, values);
        for (int i = 0; i < values.size(); i++) {
            g.output("gradient of " + g.node(values.get(i)).name(), gradients.get(i));
        }
        return g.build();
    }

    /** The same random parameters for all three graphs, stored in a format. */
    static HeldParameters parameters(Operations operations, Format format) {
        HeldParameters held = new HeldParameters(format);
        onePass(operations).parameters().forEach(node -> {
            Type.TensorType type = (Type.TensorType) node.types().getFirst();
            HostTensor tensor = HostTensor.zeros(type);
            double scale = type.shape().rank() == 1 ? 1 : 1.5 / Math.sqrt(type.shape().last().max());
            Arrays.setAll(tensor.reals(), i -> scale * (2 * CounterRandom.uniform(node.name().hashCode(), 0, 0, i) - 1));
            held.put(node.name(), tensor);
        });
        return held;
    }

    /** Inverse frequencies for a number of rows. */
    static HostTensor frequencies(int rows) {
        double[] all = new double[rows * DIM / 2];
        Arrays.setAll(all, i -> Math.pow(100, -2.0 * (i % (DIM / 2)) / DIM));
        return HostTensor.ofReals(all, rows, DIM / 2).rounded();
    }

    private Value hidden() {
        Value offsets = g.input("offsets", Type.i32(ROWS.plus(Dim.of(1))));
        Value table = g.ropeTable(g.input("positions", Type.i32(TOKENS)),
            g.input("frequencies", Type.f32(ROWS, Dim.of(DIM / 2))),
            offsets, 1);
        Value x = g.gather(parameter("embedding", VOCABULARY, HIDDEN), g.input("ids", Type.i32(TOKENS)));
        for (int layer = 0; layer < LAYERS; layer++) {
            String name = "layers." + layer + ".";
            x = g.add(x, attention(name, layer, g.rmsNorm(x, parameter(name + "norm1", HIDDEN), 1e-2), table, offsets));
            Value z = g.rmsNorm(x, parameter(name + "norm2", HIDDEN), 1e-2);
            Value inner = g.mul(g.silu(g.linear(z, parameter(name + "gate", INNER, HIDDEN))),
                g.linear(z, parameter(name + "up", INNER, HIDDEN)));
            x = g.add(x, g.linear(inner, parameter(name + "down", HIDDEN, INNER)));
        }
        return g.rmsNorm(x, parameter("norm", HIDDEN), 1e-2);
    }

    private Value attention(String name, int layer, Value x, Value table, Value offsets) {
        Value q = g.rope(g.splitHeads(g.linear(x, parameter(name + "q", HEADS * DIM, HIDDEN)), HEADS), table, "halves");
        Value k = g.rope(g.splitHeads(g.linear(x, parameter(name + "k", KV_HEADS * DIM, HIDDEN)), KV_HEADS), table,
            "halves");
        Value v = g.splitHeads(g.linear(x, parameter(name + "v", KV_HEADS * DIM, HIDDEN)), KV_HEADS);
        double scale = 1 / Math.sqrt(DIM);
        AttentionMask mask = layer == 0 ? AttentionMask.causal(scale) : new AttentionMask(true, 6, 0, scale, 4);
        Value slopes = g.constant(Shape.of(Dim.of(HEADS)), new double[HEADS]);
        Value y = cached ? paged(name, q, k, v, offsets, slopes, mask)
            : g.attention(q, k, v, offsets, offsets, slopes, mask);
        return g.linear(g.joinHeads(y), parameter(name + "o", HIDDEN, HEADS * DIM));
    }

    private Value paged(String name, Value q, Value k, Value v, Value offsets, Value slopes, AttentionMask mask) {
        Value cache = g.cache(new Type.CacheType(name + "self", KV_HEADS, DIM, DIM, BLOCK));
        Value filled = g.kvAppend(cache, k, v, g.input("slots", Type.i32(TOKENS)));
        return g.pagedAttention(q, filled, g.input("block_tables", Type.i32(ROWS, Dim.of(TABLE))),
            g.input("lengths", Type.i32(ROWS)),
            offsets, slopes, mask);
    }

    private Value parameter(String name, long... sizes) {
        Type.TensorType type = Type.f32(Shape.of(sizes));
        parameters.put(name, type);
        return g.parameter(name, type);
    }
}
