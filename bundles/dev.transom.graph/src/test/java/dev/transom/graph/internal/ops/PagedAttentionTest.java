package dev.transom.graph.internal.ops;

import static dev.transom.graph.internal.ops.Evaluation.ids;
import static dev.transom.graph.internal.ops.Evaluation.output;
import static dev.transom.graph.internal.ops.Evaluation.row;
import static dev.transom.graph.internal.ops.GradientCheck.random;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.transom.graph.AttentionMask;
import dev.transom.graph.Autodiff;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.GraphException;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Operations;
import dev.transom.graph.Precision;
import dev.transom.graph.ReferenceArguments.ReferenceCache;
import dev.transom.graph.ReferenceRun;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PagedAttentionTest {

    private static final Type.CacheType CACHE = new Type.CacheType("self", 2, 3, 2, 2);

    @Test
    void appendThenReadEqualsAttentionInOnePass() {
        var q = random(1, 5, 4, 3);
        var k = random(2, 5, 2, 3);
        var v = random(3, 5, 2, 2);
        var slopes = row(0, 0.1, 0.2, 0.3);
        var mask = new AttentionMask(true, 3, 1, 0.6, 2);
        double[] whole = output("attention", mask.attributes(), q, k, v, ids(0, 5), ids(0, 5), slopes).reals();
        var cache = new ReferenceCache(CACHE, new double[8 * 6], new double[8 * 4]);
        double[] pieces = new double[whole.length];
        int at = 0;
        for (int size : new int[] {2, 0, 1, 2}) { // blocks 3, 0, 2 of the cache hold positions 0 … 5
            double[] y = step(mask, cache, part(q, at, size), part(k, at, size), part(v, at, size), at, slopes);
            System.arraycopy(y, 0, pieces, at * 8, y.length);
            at += size;
        }
        assertArrayEquals(whole, pieces, 1e-15);
    }

    @Test
    void negativeSlotsAreSkipped() {
        var cache = new ReferenceCache(CACHE, new double[12], new double[8]);
        run(g -> g.kvAppend(g.cache(CACHE), in(g, "k", random(2, 1, 2, 3)), in(g, "v", random(3, 1, 2, 2)),
            in(g, "slots", ids(-1))),
            cache);
        assertArrayEquals(new double[12], cache.keys());
    }

    @Test
    void refusesASlotBeyondTheCache() {
        var cache = new ReferenceCache(CACHE, new double[12], new double[8]);
        var error = assertThrows(GraphException.class, () ->
            run(g -> g.kvAppend(g.cache(CACHE), in(g, "k", random(2, 1, 2, 3)),
            in(g, "v", random(3, 1, 2, 2)), in(g, "slots", ids(2))), cache));
        assertEquals("kv_append: a slot must be below the 2 of cache self; got 2.", error.getMessage());
    }

    @Test
    void refusesALengthBeyondTheBlocks() {
        var cache = new ReferenceCache(CACHE, new double[12], new double[8]);
        var error = assertThrows(GraphException.class, () ->
            run(g -> g.pagedAttention(in(g, "q", random(1, 1, 2, 3)), g.cache(CACHE),
            in(g, "tables", HostTensor.ofInts(new int[1], 1, 1)), in(g, "lengths", ids(3)), in(g, "offsets", ids(0, 1)),
            in(g, "slopes", row(0, 0)), AttentionMask.causal(1)), cache));
        assertEquals("paged_attention: a length must fit the 1 blocks of its table; got 3 positions of row 0.",
            error.getMessage());
    }

    @Test
    void saysThatItHasNoGradient() {
        GraphBuilder g = new GraphBuilder(Operations.core());
        Value q = in(g, "q", random(1, 1, 2, 3));
        Value y = g.pagedAttention(q, g.cache(CACHE), in(g, "tables", HostTensor.ofInts(new int[1], 1, 1)),
            in(g, "lengths", ids(1)),
            in(g, "offsets", ids(0, 1)), in(g, "slopes", row(0, 0)), AttentionMask.causal(1));
        var error = assertThrows(GraphException.class, () -> Autodiff.gradients(g, g.sumAll(y), List.of(q)));
        assertEquals("operation paged_attention: gradients exist only for graphs without a cache; a loss depends on it."
            + " Use attention in training.", error.getMessage());
    }

    private final Map<String, HostTensor> given = new HashMap<>();

    private double[] step(AttentionMask mask, ReferenceCache cache, HostTensor q, HostTensor k, HostTensor v,
            int past, HostTensor slopes) {
        int[] blocks = {3, 0, 2};
        int size = (int) q.shape()[0];
        int[] slots = IntStream.range(past, past + size).map(p -> blocks[p / 2] * 2 + p % 2).toArray();
        return run(g -> {
            Value filled = g.kvAppend(g.cache(CACHE), in(g, "k", k), in(g, "v", v), in(g, "slots", ids(slots)));
            return g.pagedAttention(in(g, "q", q), filled, in(g, "tables", HostTensor.ofInts(blocks, 1, 3)),
                in(g, "lengths", ids(past + size)), in(g, "offsets", ids(0, size)), in(g, "slopes", slopes), mask);
        }, cache);
    }

    private double[] run(Function<GraphBuilder, Value> graph, ReferenceCache cache) {
        GraphBuilder g = new GraphBuilder(Operations.core());
        g.output("y", graph.apply(g));
        var y = new ReferenceRun(g.build(), Operations.core(), Precision.FLOAT64).run(given, Map.of("self", cache)).get("y");
        return y == null ? new double[0] : y.reals();
    }

    private Value in(GraphBuilder g, String name, HostTensor tensor) {
        given.put(name, tensor);
        return g.input(name, tensor.tensorType());
    }

    private static HostTensor part(HostTensor x, int from, int size) {
        int row = (int) (x.shape()[1] * x.shape()[2]);
        return HostTensor.ofReals(Arrays.copyOfRange(x.reals(), from * row, (from + size) * row), size, x.shape()[1],
            x.shape()[2]);
    }
}
