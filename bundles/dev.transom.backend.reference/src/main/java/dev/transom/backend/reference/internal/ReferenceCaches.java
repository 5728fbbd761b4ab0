package dev.transom.backend.reference.internal;

import dev.transom.api.backend.Caches;
import dev.transom.graph.Graph;
import dev.transom.graph.Node;
import dev.transom.graph.ReferenceArguments.ReferenceCache;
import dev.transom.graph.Type;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keys and values of all layers, kept between runs: of each layer {@code [slots, kvHeads, dim]} in float64. */
final class ReferenceCaches implements Caches {

    private final Map<String, ReferenceCache> layers = new LinkedHashMap<>();
    private final int blocks;

    ReferenceCaches(Graph graph, int blocks) {
        this.blocks = blocks;
        for (Node node : graph.caches()) {
            Type.CacheType type = (Type.CacheType) node.types().getFirst();
            int vectors = Math.multiplyExact(Math.multiplyExact(blocks, type.blockSize()), type.kvHeads());
            layers.put(type.name(), new ReferenceCache(type, new double[Math.multiplyExact(vectors, type.keyDim())],
                new double[Math.multiplyExact(vectors, type.valueDim())]));
        }
    }

    /** The state of every cache by name. */
    Map<String, ReferenceCache> layers() {
        return layers;
    }

    @Override
    public int blocks() {
        return blocks;
    }

    @Override
    public void copy(int from, int to) {
        check(from);
        check(to);
        for (ReferenceCache layer : layers.values()) {
            System.arraycopy(layer.keys(), from * keys(layer), layer.keys(), to * keys(layer), keys(layer));
            System.arraycopy(layer.values(), from * values(layer), layer.values(), to * values(layer), values(layer));
        }
    }

    @Override
    public float[] exportBlock(int block) {
        check(block);
        float[] content = new float[blockElements()];
        int at = 0;
        for (ReferenceCache layer : layers.values()) {
            at = export(layer.keys(), block * keys(layer), keys(layer), content, at);
            at = export(layer.values(), block * values(layer), values(layer), content, at);
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
        for (ReferenceCache layer : layers.values()) {
            at = restore(content, at, layer.keys(), block * keys(layer), keys(layer));
            at = restore(content, at, layer.values(), block * values(layer), values(layer));
        }
    }

    @Override
    public void close() {
        layers.clear();
    }

    private void check(int block) {
        if (block < 0 || block >= blocks) {
            throw new IllegalArgumentException("cache: a block must be one of " + blocks + "; got " + block + ".");
        }
    }

    private int blockElements() {
        return layers.values().stream().mapToInt(layer -> keys(layer) + values(layer)).sum();
    }

    private static int keys(ReferenceCache layer) {
        return layer.type().blockSize() * layer.type().kvHeads() * layer.type().keyDim();
    }

    private static int values(ReferenceCache layer) {
        return layer.type().blockSize() * layer.type().kvHeads() * layer.type().valueDim();
    }

    private static int export(double[] from, int fromAt, int count, float[] into, int at) {
        for (int i = 0; i < count; i++) {
            into[at + i] = (float) from[fromAt + i];
        }
        return at + count;
    }

    private static int restore(float[] from, int at, double[] into, int intoAt, int count) {
        for (int i = 0; i < count; i++) {
            into[intoAt + i] = from[at + i];
        }
        return at + count;
    }
}
