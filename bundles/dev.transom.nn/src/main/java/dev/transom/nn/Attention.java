package dev.transom.nn;

import dev.transom.graph.AttentionMask;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.Value;
import java.util.Optional;

/**
 * Multi-head attention with its four projections, {@code q_proj}, {@code k_proj}, {@code v_proj} and {@code o_proj}, or
 * {@code qkv_proj} for the first three. Vaswani et al. 2017; grouped heads: Ainslie et al. 2023.
 *
 * @param heads    query heads
 * @param kvHeads  heads of keys and values, a divisor of heads
 * @param headDim  elements of a head
 * @param mask     which keys a query sees, and the scale of scores
 * @param position what turns queries and keys or lowers scores; in cross-attention {@link Position.None}
 * @param bias     which projections have biases
 * @param fused    whether q, k and v are one matrix, in this order
 * @param headNorm norm of each head of queries and keys before they are turned: {@code q_norm}, {@code k_norm}
 * @param clip     if positive, projected queries, keys and values are held between −clip and clip
 */
public record Attention(int heads, int kvHeads, int headDim, AttentionMask mask, Position position, Bias bias, boolean fused,
        Optional<Norm> headNorm, double clip) {

    /** Which projections have biases. */
    public record Bias(boolean q, boolean k, boolean v, boolean o) {
        public static final Bias NONE = new Bias(false, false, false, false);
        public static final Bias ALL = new Bias(true, true, true, true);
        /** Queries, keys and values only. */
        public static final Bias QKV = new Bias(true, true, true, false);
    }

    public Attention {
        if (heads <= 0 || kvHeads <= 0 || headDim <= 0 || heads % kvHeads != 0) {
            throw new IllegalArgumentException("attention: heads must be a multiple of kvHeads; got " + heads + " and "
                + kvHeads + ".");
        }
    }

    /** Bidirectional attention without biases, scores scaled by 1/sqrt(headDim). */
    public static Attention of(int heads, int headDim) {
        return new Attention(heads, heads, headDim, AttentionMask.bidirectional(1 / Math.sqrt(headDim)), new Position.None(),
            Bias.NONE, false, Optional.empty(), 0);
    }

    public Attention grouped(int kvHeads) {
        return new Attention(heads, kvHeads, headDim, mask, position, bias, fused, headNorm, clip);
    }

    public Attention biased(Bias bias) {
        return new Attention(heads, kvHeads, headDim, mask, position, bias, fused, headNorm, clip);
    }

    public Attention withFused() {
        return new Attention(heads, kvHeads, headDim, mask, position, bias, true, headNorm, clip);
    }

    public Attention with(Position position) {
        return new Attention(heads, kvHeads, headDim, mask, position, bias, fused, headNorm, clip);
    }

    public Attention with(AttentionMask mask) {
        return new Attention(heads, kvHeads, headDim, mask, position, bias, fused, headNorm, clip);
    }

    public Attention withHeadNorm(Norm norm) {
        return new Attention(heads, kvHeads, headDim, mask, position, bias, fused, Optional.of(norm), clip);
    }

    /** Scores multiplied by {@code scale} in place of 1/sqrt(headDim). */
    public Attention scaled(double scale) {
        return with(new AttentionMask(mask.causal(), mask.window(), mask.prefix(), scale, mask.softcap()));
    }

    /** Each query sees only keys nearer than {@code window} positions before it; 0 sees all. */
    public Attention windowed(int window) {
        return with(mask.withWindow(window));
    }

    /** Scores s become cap·tanh(s/cap); 0 leaves them. Gemma 2. */
    public Attention capped(double cap) {
        return with(new AttentionMask(mask.causal(), mask.window(), mask.prefix(), mask.scale(), cap));
    }

    /** Queries, keys and values held between −clip and clip. MPT. */
    public Attention clipped(double clip) {
        return new Attention(heads, kvHeads, headDim, mask, position, bias, fused, headNorm, clip);
    }

    /** Each query sees itself and what stands before it. */
    public Attention causal() {
        return with(new AttentionMask(true, mask.window(), mask.prefix(), mask.scale(), mask.softcap()));
    }

    /** Tokens of {@code x [tokens, hidden]} attend to those of their row. */
    Value self(Net net, Side side, Value x) {
        GraphBuilder g = net.g();
        Value[] qkv = projected(net, x);
        Value q = position.rotate(net, side, normed(net, "q_norm", g.splitHeads(qkv[0], heads)));
        Value k = position.rotate(net, side, normed(net, "k_norm", g.splitHeads(qkv[1], kvHeads)));
        Value v = g.splitHeads(qkv[2], kvHeads);
        Value y = side.cached()
            ? paged(net, q, cached(net, side, k, v), side, side)
            : g.attention(q, k, v, side.offsets(), side.offsets(), net.vector(position.slopes(heads)), mask);
        return out(net, x, y);
    }

    /**
     * Tokens of {@code x [tokens, hidden]} attend to their row's memory. Over caches, memory of this step is appended and all
     * that was appended is read.
     */
    Value cross(Net net, Side side, Value x, Memory memory) {
        GraphBuilder g = net.g();
        Value q = normed(net, "q_norm", g.splitHeads(net.linear("q_proj", x, (long) heads * headDim, bias.q()), heads));
        Value k = normed(net, "k_norm", g.splitHeads(net.linear("k_proj", memory.states(), kvWidth(), bias.k()), kvHeads));
        Value v = g.splitHeads(net.linear("v_proj", memory.states(), kvWidth(), bias.v()), kvHeads);
        Value y = side.cached()
            ? paged(net, q, cached(net, memory.side(), k, v), memory.side(), side)
            : g.attention(q, k, v, side.offsets(), memory.side().offsets(), net.vector(position.slopes(heads)), mask);
        return out(net, x, y);
    }

    private Value[] projected(Net net, Value x) {
        if (fused) {
            Value all = clipped(net, net.linear("qkv_proj", x, (long) heads * headDim + 2 * kvWidth(), bias.q()));
            long q = (long) heads * headDim;
            return new Value[] {net.g().slice(all, 1, 0, q), net.g().slice(all, 1, q, q + kvWidth()),
                net.g().slice(all, 1, q + kvWidth(), q + 2 * kvWidth())};
        }
        return new Value[] {clipped(net, net.linear("q_proj", x, (long) heads * headDim, bias.q())),
            clipped(net, net.linear("k_proj", x, kvWidth(), bias.k())),
            clipped(net, net.linear("v_proj", x, kvWidth(), bias.v()))};
    }

    private Value clipped(Net net, Value x) {
        return clip > 0 ? net.g().clamp(x, -clip, clip) : x;
    }

    private long kvWidth() {
        return (long) kvHeads * headDim;
    }

    private Value normed(Net net, String name, Value x) {
        return headNorm.map(norm -> norm.apply(net, name, x)).orElse(x);
    }

    private Value cached(Net net, Side keys, Value k, Value v) {
        return net.g().kvAppend(keys.cache("cache", kvHeads, headDim, headDim), k, v, keys.slots());
    }

    private Value paged(Net net, Value q, Value cache, Side keys, Side queries) {
        return net.g().pagedAttention(q, cache, keys.blockTables(), keys.lengths(), queries.offsets(),
            net.vector(position.slopes(heads)), mask);
    }

    private Value out(Net net, Value x, Value y) {
        return net.linear("o_proj", net.g().joinHeads(y), x.shape().last().max(), bias.o());
    }
}
