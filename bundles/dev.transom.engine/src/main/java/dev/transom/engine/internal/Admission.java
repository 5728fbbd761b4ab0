package dev.transom.engine.internal;

import dev.transom.api.backend.Caches;

/**
 * Lets requests start. All cache blocks that a request could ever need are promised to it at once: so a running row never waits, and
 * no two rows can block each other. A fork shares the blocks of its parent's tokens, the last partly filled one as a copy; where that
 * is not possible (any more) it is computed afresh, with equal results.
 *
 * @param shareable positions up to which a fork may share its parent's cache
 */
record Admission(StepLimits limits, BlockAllocator allocator, Caches caches, int shareable) {

    /** A fork waits until its parent has the shared tokens in the cache, as long as the parent lives. */
    static boolean waitsForParent(Request request) {
        Request parent = request.parent;
        if (parent == null || parent.ended()) {
            return false;
        }
        return parent.row == null || parent.row.cached < request.promptLength - 1;
    }

    /** Gives a request its row; null when blocks are too few now. */
    Row start(Request request) {
        int shared = sharedPositions(request);
        int whole = shared / limits.blockSize();
        int own = Math.ceilDiv(request.maxPositions(), limits.blockSize());
        int source = Math.ceilDiv(request.source.length, limits.blockSize());
        int needed = own - whole + (shared > 0 ? 0 : source);
        if (!allocator.promise(needed)) {
            return null;
        }
        Row row = new Row(request, own, source);
        row.promised = needed;
        if (shared > 0) {
            share(request.parent.row, row, shared, whole);
        } else {
            for (int i = 0; i < source; i++) {
                row.sourceBlocks[i] = allocator.take();
                row.promised--;
            }
            row.sourceRead = request.source.length == 0;
        }
        request.row = row;
        request.parent = null;
        return row;
    }

    private int sharedPositions(Request request) {
        Request parent = request.parent;
        int positions = request.promptLength - 1;
        boolean possible = parent != null && parent.row != null && positions >= limits.prefix() && positions < shareable;
        return possible ? positions : 0;
    }

    private void share(Row from, Row to, int positions, int whole) {
        for (int i = 0; i < whole; i++) {
            to.blocks[i] = from.blocks[i];
            allocator.share(to.blocks[i]);
        }
        to.blockCount = whole;
        if (positions % limits.blockSize() != 0) {
            to.grow(allocator, positions, limits.blockSize());
            caches.copy(from.blocks[whole], to.blocks[whole]);
        }
        System.arraycopy(from.sourceBlocks, 0, to.sourceBlocks, 0, to.sourceBlocks.length);
        for (int block : to.sourceBlocks) {
            allocator.share(block);
        }
        to.cached = positions;
        to.sourceRead = true;
    }
}
