package dev.transom.engine.internal;

/** A request that runs: its blocks and how far it is. Belongs to the scheduler's thread. */
final class Row {

    final Request request;
    /** Blocks of the row's own positions, the first {@code blockCount} are held. */
    final int[] blocks;
    /** Blocks of an encoder-decoder's source; all are held. */
    final int[] sourceBlocks;
    int blockCount;
    /** Positions in the cache. */
    int cached;
    /** Blocks promised and not yet taken. */
    int promised;
    /** Whether the source has been read. */
    boolean sourceRead;
    /** Tokens in the step that is being run. */
    int stepTokens;
    /** Place among the selected tokens of the step, −1 when its logits are not wanted. */
    int selected;

    Row(Request request, int blocks, int sourceBlocks) {
        this.request = request;
        this.blocks = new int[blocks];
        this.sourceBlocks = new int[sourceBlocks];
    }

    /** Tokens known and not yet in the cache. */
    int pending() {
        return request.length() - cached;
    }

    /** Takes promised blocks until {@code positions} positions have their place. */
    void grow(BlockAllocator allocator, int positions, int blockSize) {
        while (blockCount * blockSize < positions) {
            blocks[blockCount++] = allocator.take();
            promised--;
        }
    }

    void release(BlockAllocator allocator) {
        for (int i = 0; i < blockCount; i++) {
            allocator.release(blocks[i]);
        }
        for (int block : sourceBlocks) {
            allocator.release(block);
        }
        allocator.forgo(promised);
        promised = 0;
        blockCount = 0;
    }
}
