package dev.transom.nn;

import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.Inputs;
import dev.transom.graph.Dim;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.Shape;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.HashMap;
import java.util.Map;

/**
 * The inputs of one side of a step, as {@link Inputs} names them; an input is declared when it is first asked for. A graph under
 * construction has the side of the rows that it reads or generates and, for encoder-decoders, that of their sources.
 */
public final class Side {

    private final GraphBuilder g;
    private final String prefix;
    private final GraphRequest.Limits limits;
    private final boolean cached;
    private final Dim tokens;
    private final Dim rows;
    private final Map<Rope, Value> ropeTables = new HashMap<>();
    private final Map<Rope, Value> fixedRopeTables = new HashMap<>();

    Side(GraphBuilder g, String prefix, int tokens, GraphRequest.Limits limits, boolean cached) {
        this.g = g;
        this.prefix = prefix;
        this.limits = limits;
        this.cached = cached;
        this.tokens = Dim.bounded(prefix + "tokens", tokens);
        this.rows = Dim.bounded("rows", limits.rows());
    }

    /** Whether rows continue cached ones; else each row comes whole. */
    public boolean cached() {
        return cached;
    }

    /** {@code I32[tokens]}. */
    public Value tokens() {
        return perToken(Inputs.TOKENS);
    }

    /** {@code F32[tokens, width]}. */
    public Value embeddings(long width) {
        return g.input(prefix + Inputs.EMBEDDINGS, Type.f32(tokens, Dim.of(width)));
    }

    /** {@code I32[tokens]}. */
    public Value positions() {
        return perToken(Inputs.POSITIONS);
    }

    /** {@code I32[tokens]}. */
    public Value tokenTypes() {
        return perToken(Inputs.TOKEN_TYPES);
    }

    /** {@code I32[tokens]}: cache slots. */
    public Value slots() {
        return perToken(Inputs.SLOTS);
    }

    /** {@code I32[rows + 1]}. */
    public Value offsets() {
        return g.input(prefix + Inputs.OFFSETS, Type.i32(rows.plus(Dim.of(1))));
    }

    /** {@code I32[rows]}. */
    public Value first() {
        return perRow(Inputs.FIRST);
    }

    /** {@code I32[rows]}. */
    public Value last() {
        return perRow(Inputs.LAST);
    }

    /** {@code I32[rows]}: cached positions of each row. */
    public Value lengths() {
        return perRow(Inputs.LENGTHS);
    }

    /** {@code I32[rows, blocks]}. */
    public Value blockTables() {
        return g.input(prefix + Inputs.BLOCK_TABLES, Type.i32(rows, Dim.bounded("blocks", limits.blocks())));
    }

    /** Cosines and sines {@code [tokens, 2, half]} of a RoPE, computed once for all layers. */
    public Value ropeTable(Rope rope) {
        return ropeTables.computeIfAbsent(rope, _ -> g.ropeTable(positions(), ropeFrequencies(rope), offsets(),
            rope.scaling().attentionFactor()));
    }

    /** The same of a RoPE whose frequencies are constants, equal for all rows. */
    Value fixedRopeTable(Rope rope) {
        return fixedRopeTables.computeIfAbsent(rope, _ -> {
            Value frequencies = g.constant(Shape.of(rope.half()), rope.frequencies(1).orElseThrow());
            return g.ropeTable(positions(), g.broadcastTo(frequencies, ropeFrequencies(rope)), offsets(),
                rope.scaling().attentionFactor());
        });
    }

    /** {@code F32[rows, half]}. */
    private Value ropeFrequencies(Rope rope) {
        return g.input(prefix + Inputs.ROPE_FREQUENCIES, Type.f32(rows, Dim.of(rope.half())));
    }

    /** A label of each token, {@code I32[tokens]}. */
    public Value tokenLabels(String name) {
        return perToken(name);
    }

    /** A label of each row, {@code I32[rows]}. */
    public Value rowLabels(String name) {
        return perRow(name);
    }

    /** Numbers of each row, {@code F32[rows, values]}. */
    public Value rowValues(String name, long values) {
        return g.input(prefix + name, Type.f32(rows, Dim.of(values)));
    }

    /** The cache of a layer, called by the path of the part that is open. */
    Value cache(String name, int kvHeads, int keyDim, int valueDim) {
        return g.cache(new Type.CacheType(g.path(name), kvHeads, keyDim, valueDim, limits.blockSize()));
    }

    private Value perToken(String name) {
        return g.input(prefix + name, Type.i32(tokens));
    }

    private Value perRow(String name) {
        return g.input(prefix + name, Type.i32(rows));
    }
}
