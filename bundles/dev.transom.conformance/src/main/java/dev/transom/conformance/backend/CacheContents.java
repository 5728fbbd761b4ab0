package dev.transom.conformance.backend;

import dev.transom.api.backend.Caches;
import dev.transom.conformance.internal.Tolerance;
import dev.transom.graph.HostTensor;
import dev.transom.graph.ReferenceArguments.ReferenceCache;
import dev.transom.graph.Type;
import java.util.List;
import java.util.Map;

/** Moves a cache of one layer between the oracle and a backend, block by block: the keys of a block, then its values. */
final class CacheContents {

    private CacheContents() {
    }

    static int blocks(ReferenceCache layer) {
        return layer.keys().length / (layer.type().blockSize() * layer.type().kvHeads() * layer.type().keyDim());
    }

    /** Imports what {@code layers} has, of which there is one at most. */
    static void fill(Caches caches, Map<String, ReferenceCache> layers) {
        layers.values().forEach(layer -> {
            for (int block = 0; block < blocks(layer); block++) {
                caches.importBlock(block, content(layer, block));
            }
        });
    }

    /** Reports the first block whose export is not what {@code layers} has, rounded to float32. */
    static void compare(Caches caches, Map<String, ReferenceCache> layers, List<String> broken) {
        layers.values().forEach(layer -> {
            for (int block = 0; block < blocks(layer); block++) {
                Tolerance.sameBits("block " + block + " of the cache",
                    HostTensor.ofFloats(content(layer, block), elements(layer)),
                    HostTensor.ofFloats(caches.exportBlock(block), elements(layer)), broken);
            }
        });
    }

    private static int elements(ReferenceCache layer) {
        return Math.toIntExact(layer.type().blockSize() * layer.type().elementsPerPosition());
    }

    private static float[] content(ReferenceCache layer, int block) {
        Type.CacheType type = layer.type();
        int keys = type.blockSize() * type.kvHeads() * type.keyDim();
        int values = type.blockSize() * type.kvHeads() * type.valueDim();
        float[] content = new float[keys + values];
        for (int i = 0; i < keys; i++) {
            content[i] = (float) layer.keys()[block * keys + i];
        }
        for (int i = 0; i < values; i++) {
            content[keys + i] = (float) layer.values()[block * values + i];
        }
        return content;
    }
}
