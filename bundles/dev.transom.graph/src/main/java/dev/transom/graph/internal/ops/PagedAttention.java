package dev.transom.graph.internal.ops;

import dev.transom.graph.AttentionMask;
import dev.transom.graph.Attributes;
import dev.transom.graph.Cost;
import dev.transom.graph.Dim;
import dev.transom.graph.GradientContext;
import dev.transom.graph.GraphException;
import dev.transom.graph.Operation;
import dev.transom.graph.ReferenceArguments;
import dev.transom.graph.Rules;
import dev.transom.graph.Shape;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.Arrays;
import java.util.List;

/**
 * Attention of {@code q [tokens, heads, keyDim]} over cached positions: row r's keys are positions 0 … lengths[r] − 1, position
 * p in slot blockTables[r, p / blockSize]·blockSize + p mod blockSize; its last query stands at lengths[r] − 1.
 * {@code blockTables [rows, blocks]}, {@code lengths [rows]}, {@code offsets [rows + 1]}, {@code slopes [heads]}; gives
 * {@code [tokens, heads, valueDim]}; scores as attention. It has no gradient.
 * R1 q and slopes are F32, blockTables, lengths and offsets I32, the second input is a cache. R2 q is [tokens, heads, keyDim].
 * R3 heads is a multiple of the cache's kvHeads. R4 blockTables, lengths and offsets have the same rows. R5 slopes is [heads].
 * Kwon et al. 2023, "PagedAttention", section 4.
 */
final class PagedAttention implements Operation {

    @Override
    public String name() {
        return "paged_attention";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(6, inputs);
        Type.TensorType q = Rules.real(inputs, 0, "q"); // R1
        Type.CacheType cache = Rules.cache(inputs, 1, "cache");
        Type.TensorType blockTables = Rules.ints(inputs, 2, "blockTables");
        Type.TensorType lengths = Rules.ints(inputs, 3, "lengths");
        Type.TensorType offsets = Rules.ints(inputs, 4, "offsets");
        Type.TensorType slopes = Rules.real(inputs, 5, "slopes");
        AttentionMask.of(attributes);
        Rules.rank(q, 3, "q"); // R2
        Rules.require(q.shape().dim(2).equals(Dim.of(cache.keyDim())), "q must be [tokens, heads, keyDim of the cache]",
            Rules.parties("q", q, "cache", cache));
        Attention.grouped(q.shape().dim(1), cache.kvHeads()); // R3
        Rules.rank(blockTables, 2, "blockTables"); // R4
        Rules.rank(lengths, 1, "lengths");
        Dim rows = Segments.rows(offsets, "offsets");
        Rules.require(rows.equals(blockTables.shape().dim(0)) && rows.equals(lengths.shape().dim(0)),
            "blockTables [rows, blocks], lengths [rows] and offsets [rows + 1] must have the same rows",
            Rules.parties("blockTables", blockTables, "lengths", lengths) + ", offsets " + offsets);
        Rules.require(slopes.shape().equals(q.shape().sub(1, 2)), "slopes must be [heads of q]",
            Rules.parties("q", q, "slopes", slopes)); // R5
        return List.of(Type.f32(q.shape().with(2, Dim.of(cache.valueDim()))));
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        throw new GraphException("operation paged_attention: gradients exist only for graphs without a cache; a loss depends on"
            + " it. Use attention in training.");
    }

    /** At most: every query against every position of the block tables. */
    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        Type.CacheType cache = (Type.CacheType) inputs.get(1);
        Shape q = ((Type.TensorType) inputs.get(0)).shape();
        Shape tables = ((Type.TensorType) inputs.get(2)).shape();
        double positions = (double) tables.dim(1).max() * cache.blockSize();
        double scores = (double) q.dim(0).max() * q.dim(1).max() * positions;
        return Cost.ofProducts(scores * (cache.keyDim() + cache.valueDim()), 4 * scores,
            Cost.traffic(inputs) + Cost.traffic(outputs)
                + 4.0 * tables.dim(0).max() * positions * cache.elementsPerPosition());
    }

    @Override
    public void reference(ReferenceArguments run) {
        int[] offsets = Segments.checked(name(), run.ints(4), run.shape(0)[0]);
        int[] lengths = run.ints(3);
        for (int r = 0; r + 1 < offsets.length; r++) {
            int[] slots = slots(run, r, lengths[r]);
            for (int h = 0; h < run.shape(0)[1]; h++) {
                row(run, h, offsets[r], offsets[r + 1], slots);
            }
        }
    }

    private static void row(ReferenceArguments run, int h, int from, int to, int[] slots) {
        var cache = run.cache(1);
        Type.CacheType type = cache.type();
        double[] y = run.outReals(0);
        int heads = run.shape(0)[1];
        int kvHead = h / (heads / type.kvHeads());
        var scores = new AttentionScores(AttentionMask.of(run.attributes()), run.reals(5)[h]);
        int n = slots.length;
        int[] keyAt = Arrays.stream(slots).map(slot -> (slot * type.kvHeads() + kvHead) * type.keyDim()).toArray();
        double[] p = new double[n];
        for (int t = from; t < to; t++) {
            scores.probabilities(t - to + n, run.reals(0), (t * heads + h) * type.keyDim(), type.keyDim(),
                cache.keys(), keyAt, n, p);
            for (int j = 0; j < n; j++) {
                int value = (slots[j] * type.kvHeads() + kvHead) * type.valueDim();
                for (int d = 0; d < type.valueDim(); d++) {
                    y[(t * heads + h) * type.valueDim() + d] += p[j] * cache.values()[value + d];
                }
            }
        }
    }

    private int[] slots(ReferenceArguments run, int r, int length) {
        var cache = run.cache(1);
        int blockSize = cache.type().blockSize();
        int blocks = run.shape(2)[1];
        int capacity = cache.keys().length / (cache.type().kvHeads() * cache.type().keyDim());
        Rules.require(length >= 0 && length <= (long) blocks * blockSize,
            name() + ": a length must fit the " + blocks + " blocks of its table", length + " positions of row " + r);
        int[] slots = new int[length];
        for (int p = 0; p < length; p++) {
            int block = run.ints(2)[r * blocks + p / blockSize];
            Rules.require(block >= 0 && (block + 1L) * blockSize <= capacity,
                name() + ": a block must be one of the " + capacity / blockSize + " of cache " + cache.type().name(), block);
            slots[p] = block * blockSize + p % blockSize;
        }
        return slots;
    }
}
