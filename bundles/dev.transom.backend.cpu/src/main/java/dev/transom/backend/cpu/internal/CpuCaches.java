package dev.transom.backend.cpu.internal;

import dev.transom.api.backend.Caches;
import dev.transom.graph.Graph;
import dev.transom.graph.Type.CacheType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.Map;

/** Caches of all layers in native memory: keys and values of a layer each {@code [slots, kvHeads, dim]} in F32. */
final class CpuCaches implements Caches {

    /** A layer's memory. */
    record Layer(CacheType type, MemorySegment keys, MemorySegment values) {

        long blockBytes(boolean ofKeys) {
            return 4L * type.blockSize() * type.kvHeads() * (ofKeys ? type.keyDim() : type.valueDim());
        }
    }

    private final Arena arena = Arena.ofShared();
    private final Map<String, Layer> layers = new LinkedHashMap<>();
    private final int blocks;

    CpuCaches(Graph graph, int blocks) {
        this.blocks = blocks;
        graph.caches().forEach(node -> {
            CacheType type = (CacheType) node.types().getFirst();
            long positions = (long) blocks * type.blockSize() * type.kvHeads();
            layers.put(type.name(), new Layer(type, arena.allocate(4 * positions * type.keyDim() + 64, 64),
                arena.allocate(4 * positions * type.valueDim() + 64, 64)));
        });
    }

    Layer layer(String name) {
        return layers.get(name);
    }

    @Override
    public int blocks() {
        return blocks;
    }

    @Override
    public void copy(int from, int to) {
        check(from);
        check(to);
        for (Layer layer : layers.values()) {
            long keys = layer.blockBytes(true);
            long values = layer.blockBytes(false);
            MemorySegment.copy(layer.keys, from * keys, layer.keys, to * keys, keys);
            MemorySegment.copy(layer.values, from * values, layer.values, to * values, values);
        }
    }

    @Override
    public float[] exportBlock(int block) {
        check(block);
        float[] content = new float[Math.toIntExact(blockElements())];
        int at = 0;
        for (Layer layer : layers.values()) {
            at = export(layer.keys, layer.blockBytes(true), block, content, at);
            at = export(layer.values, layer.blockBytes(false), block, content, at);
        }
        return content;
    }

    @Override
    public void importBlock(int block, float[] content) {
        check(block);
        if (content.length != blockElements()) {
            throw new IllegalArgumentException("cache block: it must have " + blockElements() + " elements; got "
                + content.length + ". Import only what the same graph exported.");
        }
        int at = 0;
        for (Layer layer : layers.values()) {
            at = restore(layer.keys, layer.blockBytes(true), block, content, at);
            at = restore(layer.values, layer.blockBytes(false), block, content, at);
        }
    }

    @Override
    public void close() {
        arena.close();
    }

    private long blockElements() {
        return layers.values().stream().mapToLong(layer -> layer.type.elementsPerPosition() * layer.type.blockSize()).sum();
    }

    private void check(int block) {
        if (block < 0 || block >= blocks) {
            throw new IllegalArgumentException("cache: a block must be one of " + blocks + "; got " + block + ".");
        }
    }

    private static int export(MemorySegment from, long blockBytes, int block, float[] into, int at) {
        int elements = (int) (blockBytes / 4);
        MemorySegment.copy(from, ValueLayout.JAVA_FLOAT, block * blockBytes, into, at, elements);
        return at + elements;
    }

    private static int restore(MemorySegment into, long blockBytes, int block, float[] from, int at) {
        int elements = (int) (blockBytes / 4);
        MemorySegment.copy(from, at, into, ValueLayout.JAVA_FLOAT, block * blockBytes, elements);
        return at + elements;
    }
}
