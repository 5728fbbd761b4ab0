package dev.transom.kernels.vector.internal;

import dev.transom.graph.Rules;

/** Checks of integers that came to a run, for kernels address memory by them unchecked; the sentences are the definitions' own. */
final class Ids {

    private Ids() {
    }

    /** Every id names a row or is below zero. */
    static void rows(String operation, long ids, int count, int rows) {
        for (int i = 0; i < count; i++) {
            int id = Lanes.getInt(ids + 4L * i);
            if (id >= rows) {
                Rules.require(false, operation + ": an id must be below the " + rows + " rows of the table", id);
            }
        }
    }

    /** Offsets never fall and end within the tokens. */
    static void offsets(String operation, long offsets, int count, int tokens) {
        int before = 0;
        for (int r = 0; r < count; r++) {
            int offset = Lanes.getInt(offsets + 4L * r);
            if (offset < before || offset > tokens) {
                Rules.require(false, operation + ": offsets must rise from 0 to at most " + tokens + " tokens", offset + " at " + r);
            }
            before = offset;
        }
    }

    /** Every label is a class or below zero; gives how many are kept. */
    static int labels(String operation, long labels, int count, int classes) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int label = Lanes.getInt(labels + 4L * i);
            if (label >= classes) {
                Rules.require(false, operation + ": a label must be below the " + classes + " classes", label);
            }
            kept += label >= 0 ? 1 : 0;
        }
        return kept;
    }

    /** Every slot is one of the cache or below zero. */
    static void slots(String cache, long slots, int count, int capacity) {
        for (int i = 0; i < count; i++) {
            int slot = Lanes.getInt(slots + 4L * i);
            if (slot >= capacity) {
                Rules.require(false, "kv_append: a slot must be below the " + capacity + " of cache " + cache, slot);
            }
        }
    }

    /** Lengths fit their tables, and the blocks they need are those of the cache. */
    static void blocks(String cache, long tables, int blocks, long lengths, int rows, int blockSize, int capacity) {
        for (int r = 0; r < rows; r++) {
            int length = Lanes.getInt(lengths + 4L * r);
            if (length < 0 || length > (long) blocks * blockSize) {
                Rules.require(false, "paged_attention: a length must fit the " + blocks + " blocks of its table",
                    length + " positions of row " + r);
            }
            for (int b = 0; b < Math.ceilDiv(length, blockSize); b++) {
                int block = Lanes.getInt(tables + 4L * ((long) r * blocks + b));
                if (block < 0 || (block + 1L) * blockSize > capacity) {
                    Rules.require(false, "paged_attention: a block must be one of the " + capacity / blockSize + " of cache " + cache,
                        block);
                }
            }
        }
    }
}
