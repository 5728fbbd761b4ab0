package dev.transom.engine.internal;

/**
 * A request that runs: its blocks and how far it is. Once its context has been shifted, positions stand for the row's first tokens
 * and, after a gap, its newest ones. Belongs to the scheduler's thread.
 */
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
    /** Whether a step has computed any of its positions. */
    boolean stepped;
    /** Whether the blocks of its prompt have been offered to others. */
    boolean promptKept;
    /** Tokens in the step that is being run. */
    int stepTokens;
    /** Place among the selected tokens of the step, −1 when its logits are not wanted. */
    int selected;
    /** Tokens that a shift forgot, after the first {@code kept}. */
    int forgotten;
    int kept;
    /** Whether it was read again, by other frequencies than rows that are shorter have. */
    boolean turned;

    Row(Request request, int blocks, int sourceBlocks) {
        this.request = request;
        this.blocks = new int[blocks];
        this.sourceBlocks = new int[sourceBlocks];
    }

    /** Tokens that the model sees: all that are known, less those that were forgotten. */
    int length() {
        return request.length() - forgotten;
    }

    /** Tokens known and not yet in the cache. */
    int pending() {
        return length() - cached;
    }

    /** The token at a position. */
    int token(int position) {
        return request.ids[position < kept ? position : position + forgotten];
    }

    /** Takes promised blocks until {@code positions} positions have their place. */
    void grow(BlockAllocator allocator, int positions, int blockSize) {
        while (blockCount * blockSize < positions) {
            blocks[blockCount++] = allocator.take();
            promised--;
        }
    }

    /**
     * Forgets all tokens but the first {@code keep} and the newest {@code newest}; what is left has to be read again. Blocks that others
     * use as well are left to them, since they will be written.
     */
    void shift(BlockAllocator allocator, int keep, int newest) {
        kept = keep;
        forgotten = request.length() - keep - newest;
        readAgain(allocator);
    }

    /** Reads all of the row again by the frequencies of longer rows. */
    void turn(BlockAllocator allocator) {
        turned = true;
        readAgain(allocator);
    }

    private void readAgain(BlockAllocator allocator) {
        cached = 0;
        int own = 0;
        for (int i = 0; i < blockCount; i++) {
            if (allocator.holders(blocks[i]) == 1) {
                blocks[own++] = blocks[i];
            } else {
                allocator.release(blocks[i]);
            }
        }
        blockCount = own;
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
