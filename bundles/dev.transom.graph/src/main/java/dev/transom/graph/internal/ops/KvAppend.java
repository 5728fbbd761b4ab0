package dev.transom.graph.internal.ops;

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
import java.util.List;

/**
 * Writes {@code k [tokens, kvHeads, keyDim]} and {@code v [tokens, kvHeads, valueDim]} at {@code slots [tokens]} of the cache
 * and gives the cache; a slot below zero is passed over.
 * R1 the first input is a cache, k and v are F32, slots I32. R2 k is [tokens of slots, kvHeads, keyDim] of the cache.
 * R3 v is [tokens of slots, kvHeads, valueDim].
 * Kwon et al. 2023, "PagedAttention", section 4.
 */
final class KvAppend implements Operation {

    @Override
    public String name() {
        return "kv_append";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(4, inputs);
        Type.CacheType cache = Rules.cache(inputs, 0, "cache"); // R1
        Type.TensorType k = Rules.real(inputs, 1, "k");
        Type.TensorType v = Rules.real(inputs, 2, "v");
        Type.TensorType slots = Rules.ints(inputs, 3, "slots");
        Rules.rank(slots, 1, "slots");
        Dim tokens = slots.shape().dim(0);
        Rules.require(k.shape().equals(Shape.of(tokens, Dim.of(cache.kvHeads()), Dim.of(cache.keyDim()))),
            "k must be [tokens of slots, kvHeads, keyDim] of the cache", Rules.parties("k", k, "slots", slots)
            + ", cache " + cache); // R2
        Rules.require(v.shape().equals(Shape.of(tokens, Dim.of(cache.kvHeads()), Dim.of(cache.valueDim()))),
            "v must be [tokens of slots, kvHeads, valueDim] of the cache", Rules.parties("v", v, "slots", slots)
            + ", cache " + cache); // R3
        return List.of(cache);
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        throw new GraphException("operation kv_append: gradients exist only for graphs without a cache; a loss depends on it."
            + " Use attention in training.");
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return new Cost(0, 2 * Cost.traffic(inputs.subList(1, 3)) + Cost.traffic(inputs.subList(3, 4)));
    }

    @Override
    public void reference(ReferenceArguments run) {
        var cache = run.cache(0);
        int[] slots = run.ints(3);
        int key = cache.type().kvHeads() * cache.type().keyDim();
        int value = cache.type().kvHeads() * cache.type().valueDim();
        int capacity = cache.keys().length / key;
        for (int t = 0; t < slots.length; t++) {
            Rules.require(slots[t] < capacity, "kv_append: a slot must be below the " + capacity + " of cache "
                + cache.type().name(), slots[t]);
            if (slots[t] >= 0) {
                System.arraycopy(run.reals(1), t * key, cache.keys(), slots[t] * key, key);
                System.arraycopy(run.reals(2), t * value, cache.values(), slots[t] * value, value);
            }
        }
    }
}
