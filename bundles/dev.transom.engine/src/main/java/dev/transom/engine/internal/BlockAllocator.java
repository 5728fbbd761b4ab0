package dev.transom.engine.internal;

/**
 * Counts who holds which cache block. A row is promised all blocks it could ever need before it starts, so it never waits for a
 * block while it runs and rows cannot block each other. Blocks are shared by reference count. Used by one thread.
 */
final class BlockAllocator {

    private final int[] free;
    private final int[] holders;
    private int freeCount;
    private int promised;

    BlockAllocator(int blocks) {
        free = new int[blocks];
        holders = new int[blocks];
        freeCount = blocks;
        for (int i = 0; i < blocks; i++) {
            free[i] = blocks - 1 - i;
        }
    }

    int blocks() {
        return free.length;
    }

    /** Blocks that nobody holds. */
    int free() {
        return freeCount;
    }

    /** Blocks that are promised and not yet taken. */
    int promised() {
        return promised;
    }

    /** Sets {@code count} blocks aside; false when so many are not left. */
    boolean promise(int count) {
        if (freeCount - promised < count) {
            return false;
        }
        promised += count;
        return true;
    }

    /** Gives back what was promised and is not needed. */
    void forgo(int count) {
        promised -= count;
    }

    /** Takes one of the promised blocks. */
    int take() {
        if (promised == 0) {
            throw new IllegalStateException("cache blocks: only promised blocks may be taken; none is promised.");
        }
        promised--;
        int block = free[--freeCount];
        holders[block] = 1;
        return block;
    }

    /** How many hold a block. */
    int holders(int block) {
        return holders[block];
    }

    /** One holder more of a block that is held. */
    void share(int block) {
        holders[block]++;
    }

    /** One holder less; the last one frees the block. */
    void release(int block) {
        if (holders[block] <= 0) {
            throw new IllegalStateException("cache blocks: a block must be held to be released; block " + block + " is free.");
        }
        if (--holders[block] == 0) {
            free[freeCount++] = block;
        }
    }
}
