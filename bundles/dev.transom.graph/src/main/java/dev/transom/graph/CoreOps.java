package dev.transom.graph;

import java.util.stream.IntStream;

/**
 * The core operations by name, for whoever builds graphs; {@link GraphBuilder} is one. Each method only spells the attributes;
 * the rules stand with the operation itself. {@code …} stands for any leading dimensions.
 */
public interface CoreOps {

    /** Applies an operation with one output. */
    Value op(String operation, Attributes attributes, Value... inputs);

    // Elementwise: b broadcasts to a, aligned at the last axis, as in NumPy; the result has a's shape.

    default Value add(Value a, Value b) {
        return op("add", Attributes.NONE, a, b);
    }

    default Value sub(Value a, Value b) {
        return op("sub", Attributes.NONE, a, b);
    }

    default Value mul(Value a, Value b) {
        return op("mul", Attributes.NONE, a, b);
    }

    default Value div(Value a, Value b) {
        return op("div", Attributes.NONE, a, b);
    }

    /** {@code scale · x + shift}. */
    default Value affine(Value x, double scale, double shift) {
        return op("affine", Attributes.of("scale", scale, "shift", shift), x);
    }

    default Value scale(Value x, double scale) {
        return affine(x, scale, 0);
    }

    /** Elementwise function of one input: exp, log, sqrt, rsqrt, square, tanh, sigmoid, softplus, relu, gelu, … */
    default Value unary(String function, Value x) {
        return op(function, Attributes.NONE, x);
    }

    /** x·Φ(x), the erf form. */
    default Value gelu(Value x) {
        return unary("gelu", x);
    }

    /** {@code x·sigmoid(x)}. */
    default Value silu(Value x) {
        return unary("silu", x);
    }

    /** min(max(x, least), most). */
    default Value clamp(Value x, double least, double most) {
        return op("clamp", Attributes.of("min", least, "max", most), x);
    }

    // Products.

    /** {@code x [… , in] · wᵀ}, w {@code [out, in]}: the layer as most checkpoints store it. */
    default Value linear(Value x, Value w) {
        return matmul(x, w, false, true);
    }

    /**
     * Products over the last axis. Without transposes {@code a […, k] · b [k, n]}; transposeB: {@code b [n, k]}; transposeA (the
     * gradient of a weight): {@code a […, m]} and {@code b […, n]} with equal leading dimensions, all of them summed, give
     * {@code [m, n]}.
     */
    default Value matmul(Value a, Value b, boolean transposeA, boolean transposeB) {
        return op("matmul", Attributes.of("transpose_a", transposeA, "transpose_b", transposeB), a, b);
    }

    // Shapes. Reshape: 0 copies the dimension at the same place, -1 is inferred from fixed dimensions.

    default Value reshape(Value x, long... shape) {
        return op("reshape", Attributes.of("shape", shape), x);
    }

    /** {@code [tokens, heads·dim]} as {@code [tokens, heads, dim]}. */
    default Value splitHeads(Value x, int heads) {
        return reshape(x, 0, heads, x.shape().last().max() / heads);
    }

    /** {@code [tokens, heads, dim]} as {@code [tokens, heads·dim]}. */
    default Value joinHeads(Value x) {
        return reshape(x, 0, x.shape().dim(1).max() * x.shape().dim(2).max());
    }

    default Value transpose(Value x, int... permutation) {
        return op("transpose", Attributes.of("permutation", permutation), x);
    }

    /** Elements {@code start} (inclusive) to {@code end} (exclusive) of a fixed axis. */
    default Value slice(Value x, int axis, long start, long end) {
        return op("slice", Attributes.of("axis", axis < 0 ? axis + x.shape().rank() : axis, "start", start, "end", end), x);
    }

    default Value concat(int axis, Value... parts) {
        return op("concat", Attributes.of("axis", axis < 0 ? axis + parts[0].shape().rank() : axis), parts);
    }

    /** Rows of {@code table [rows, …]} at {@code ids […]}: {@code [ids…, …]}; an id below zero gives zeros. */
    default Value gather(Value table, Value ids) {
        return op("gather", Attributes.NONE, table, ids);
    }

    /** Adds {@code updates [ids…, …]} to rows of zeros shaped {@code like [rows, …]}; ids below zero are passed over. */
    default Value scatterAdd(Value updates, Value ids, Value like) {
        return op("scatter_add", Attributes.NONE, updates, ids, like);
    }

    /** x summed to the shape of {@code like}, which broadcasts to x. */
    default Value sumTo(Value x, Value like) {
        return op("sum_to", Attributes.NONE, x, like);
    }

    /** x broadcast to the shape of {@code like}. */
    default Value broadcastTo(Value x, Value like) {
        return op("broadcast_to", Attributes.NONE, x, like);
    }

    /** Sum over the last axis, kept as 1. */
    default Value sumLast(Value x) {
        return op("sum_last", Attributes.NONE, x);
    }

    /** Sum of all elements: {@code []}. */
    default Value sumAll(Value x) {
        return op("sum_all", Attributes.NONE, x);
    }

    /** Mean of all elements: {@code []}. */
    default Value meanAll(Value x) {
        return op("mean_all", Attributes.NONE, x);
    }

    // Softmax, norms.

    default Value softmax(Value x) {
        return op("softmax", Attributes.NONE, x);
    }

    default Value logSoftmax(Value x) {
        return op("log_softmax", Attributes.NONE, x);
    }

    /** (x − mean)/sqrt(var + eps)·w + b over the last axis; w and b {@code [last]}. */
    default Value layerNorm(Value x, Value w, Value b, double eps) {
        return op("layer_norm", Attributes.of("eps", eps), x, w, b);
    }

    /** x/sqrt(mean(x²) + eps)·w over the last axis; w {@code [last]}. */
    default Value rmsNorm(Value x, Value w, double eps) {
        return op("rms_norm", Attributes.of("eps", eps), x, w);
    }

    /** x/max(‖x‖₂, eps) over the last axis. */
    default Value l2Normalize(Value x, double eps) {
        return op("l2_normalize", Attributes.of("eps", eps), x);
    }

    /** x with each element zeroed with probability p and the rest scaled by 1/(1 − p); seed {@code [2]} is (seed, step). */
    default Value dropout(Value x, Value seed, double p, long id) {
        return op("dropout", Attributes.of("p", p, "id", id), x, seed);
    }

    // Positions.

    /** Sinusoidal embeddings {@code [tokens, dim]} of positions {@code [tokens]}; layout interleaved or halves. */
    default Value sinusoid(Value positions, long dim, String layout) {
        return op("sinusoid", Attributes.of("dim", dim, "layout", layout), positions);
    }

    /**
     * Cosines and sines {@code [tokens, 2, half]} of position × frequency, times {@code scale}.
     *
     * @param positions    {@code [tokens]}
     * @param frequencies  inverse frequencies {@code [rows, half]}, one line for each row of the batch
     * @param offsets      {@code [rows + 1]}
     */
    default Value ropeTable(Value positions, Value frequencies, Value offsets, double scale) {
        return op("rope_table", Attributes.of("scale", scale), positions, frequencies, offsets);
    }

    /**
     * Rotates the first 2·half elements of each head of {@code x [tokens, heads, dim]}; the rest passes.
     *
     * @param table  of {@link #ropeTable}
     * @param layout halves (element i with i + half) or interleaved (2i with 2i + 1)
     */
    default Value rope(Value x, Value table, String layout) {
        return op("rope", Attributes.of("layout", layout, "inverse", false), x, table);
    }

    // Attention. Query head h reads kv head h / (heads / kvHeads). Score = scale·q·k (then softcap·tanh(·/softcap) if
    // softcap > 0) − slope(h)·|i − j|; the mask: none, causal (j ≤ i), window > 0 (also i − j < window), prefix P (j ≤ i or j < P).

    /**
     * Attention within each segment: {@code q [tokens, heads, dim]}, {@code k [keys, kvHeads, dim]},
     * {@code v [keys, kvHeads, valueDim]}, offsets {@code [rows + 1]} of queries and of keys (row r's query i stands at key
     * position i + keys(r) − queries(r)), ALiBi slopes {@code [heads]} (zeros without); gives {@code [tokens, heads, valueDim]}.
     */
    default Value attention(Value q, Value k, Value v, Value offsets, Value keyOffsets, Value slopes, AttentionMask mask) {
        return op("attention", mask.attributes(), q, k, v, offsets, keyOffsets, slopes);
    }

    /**
     * Writes {@code k [tokens, kvHeads, keyDim]} and {@code v [tokens, kvHeads, valueDim]} at {@code slots [tokens]} of the
     * cache; gives the cache, so that whoever reads it afterwards says so.
     */
    default Value kvAppend(Value cache, Value k, Value v, Value slots) {
        return op("kv_append", Attributes.NONE, cache, k, v, slots);
    }

    /**
     * Attention of {@code q [tokens, heads, keyDim]} over cached positions: row r's keys are positions 0 … lengths[r] − 1, position
     * p in slot blockTables[r, p / blockSize]·blockSize + p mod blockSize; its last query stands at position lengths[r] − 1
     * (for causal masks); blockTables {@code [rows, blocks]}, lengths {@code [rows]}, offsets {@code [rows + 1]}.
     */
    default Value pagedAttention(Value q, Value cache, Value blockTables, Value lengths, Value offsets, Value slopes,
            AttentionMask mask) {
        return op("paged_attention", mask.attributes(), q, cache, blockTables, lengths, offsets, slopes);
    }

    // Experts.

    /** The k largest of the last axis of {@code x […, n]} and where they stand: values and ids {@code […, k]}. */
    Value[] topK(Value x, int k);

    /**
     * Tokens by the matrices of their experts: {@code x [tokens, in]} or {@code [tokens, choices, in]}, {@code w [experts, out, in]}
     * (or {@code [experts, in, out]} if not transposed), {@code ids [tokens, choices]}; gives {@code [tokens, choices, out]}.
     */
    default Value expertMatmul(Value x, Value w, Value ids, boolean transposeW) {
        return op("expert_matmul", Attributes.of("transpose_w", transposeW), x, w, ids);
    }

    // Pooling and losses.

    /** Mean over each segment of {@code x [tokens, dim]}: {@code [rows, dim]}; an empty row gives zeros. */
    default Value segmentMean(Value x, Value offsets) {
        return op("segment_mean", Attributes.NONE, x, offsets);
    }

    /** Row r of {@code x [rows, dim]} for each token of segment r: {@code [tokens, dim]}; {@code like} has the tokens. */
    default Value segmentSpread(Value x, Value offsets, Value like) {
        return op("segment_spread", Attributes.NONE, x, offsets, like);
    }

    /** Mean over labels ≥ 0 of −log softmax(logits)[label]: {@code []}; logits {@code [n, classes]}, labels {@code [n]}. */
    default Value crossEntropy(Value logits, Value labels) {
        return op("cross_entropy", Attributes.NONE, logits, labels);
    }

    /** Cross entropy of {@code x·wᵀ} without ever holding all logits; x {@code [n, hidden]}, w {@code [classes, hidden]}. */
    default Value linearCrossEntropy(Value x, Value w, Value labels) {
        return op("linear_cross_entropy", Attributes.NONE, x, w, labels);
    }

    /** Mean over all elements of softplus(x) − x·target: binary cross entropy with logits, {@code []}. */
    default Value bceWithLogits(Value x, Value target) {
        return meanAll(sub(unary("softplus", x), mul(x, target)));
    }

    /** Mean squared difference: {@code []}. */
    default Value mse(Value x, Value target) {
        return meanAll(unary("square", sub(x, target)));
    }

    /** Parts of equal size along the last axis. */
    default Value[] split(Value x, int parts) {
        long size = x.shape().last().max() / parts;
        return IntStream.range(0, parts).mapToObj(i -> slice(x, -1, i * size, (i + 1) * size)).toArray(Value[]::new);
    }
}
