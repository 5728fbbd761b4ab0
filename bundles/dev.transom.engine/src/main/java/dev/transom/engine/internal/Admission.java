package dev.transom.engine.internal;

import dev.transom.api.backend.Caches;

/**
 * Lets requests start. All cache blocks that a request could ever need are promised to it at once: so a running row never waits, and
 * no two rows can block each other. A row that may shift its context is promised room for what it shares as well, because it will
 * write over it.
 *
 * <p>Two ways to take over what is in the cache: a fork shares the blocks of its parent's tokens, the last partly filled one as a copy;
 * any other row shares the full blocks that earlier rows left in the {@link PrefixTree}. Where neither is possible (any more) the tokens are
 * computed afresh, with equal results.
 *
 * @param shareable positions up to which a row may use what another computed: RoPE frequencies are equal so far
 * @param turn      length beyond which a row that was shorter is read again
 * @param reuse     whether rows use and feed the tree
 */
record Admission(StepLimits limits, BlockAllocator allocator, PrefixTree tree, Caches caches, int shareable, int turn,
        boolean reuse) {

    /** Whether a row may write over what it shares: when it shifts its context, or grows beyond {@link #turn}. */
    private boolean rewrites(Request request) {
        return request.shifts() || turns(request);
    }

    /** Whether a row may be read again by other frequencies. */
    boolean turns(Request request) {
        return request.promptLength <= turn && request.maxPositions(limits.context()) > turn;
    }

    /** A fork waits until its parent has the shared tokens in the cache, as long as the parent lives and has not shifted. */
    static boolean waitsForParent(Request request) {
        Request parent = request.parent;
        if (parent == null || parent.ended()) {
            return false;
        }
        return parent.row == null || parent.row.forgotten == 0 && !parent.row.turned && parent.row.cached < request.promptLength - 1;
    }

    /** Gives a request its row; null when blocks are too few now. */
    Row start(Request request) {
        int own = Math.ceilDiv(request.maxPositions(limits.context()), limits.blockSize());
        Row row = new Row(request, own, Math.ceilDiv(request.source.length, limits.blockSize()));
        boolean started = forks(request) ? fork(request.parent.row, row) : fresh(row);
        if (!started) {
            return null;
        }
        request.row = row;
        request.parent = null;
        return row;
    }

    private boolean forks(Request request) {
        Request parent = request.parent;
        int positions = request.promptLength - 1;
        return parent != null && parent.row != null && parent.row.forgotten == 0 && !parent.row.turned && positions >= Math.max(1, limits.prefix())
            && positions < shareable;
    }

    private boolean fresh(Row row) {
        takeOver(row);
        int taken = row.blockCount;
        int needed = row.blocks.length - (rewrites(row.request) ? 0 : taken) + row.sourceBlocks.length;
        if (!tree.promise(needed)) {
            for (int i = 0; i < taken; i++) {
                allocator.release(row.blocks[i]);
            }
            return false;
        }
        row.promised = needed;
        for (int i = 0; i < row.sourceBlocks.length; i++) {
            row.sourceBlocks[i] = allocator.take();
            row.promised--;
        }
        row.sourceRead = row.sourceBlocks.length == 0;
        return true;
    }

    /** Looks again just before a row's first step: rows that started together may have left something meanwhile. */
    void extend(Row row) {
        if (!row.stepped && row.cached == row.blockCount * limits.blockSize()) {
            int before = row.blockCount;
            takeOver(row);
            if (!rewrites(row.request)) {
                allocator.forgo(row.blockCount - before);
                row.promised -= row.blockCount - before;
            }
        }
    }

    /** The last token of a prompt is always computed, for its logits. */
    private void takeOver(Row row) {
        int length = row.request.promptLength;
        if (reusable(row) && length <= Math.min(limits.context(), shareable)) {
            row.blockCount = tree.share(row.request.ids, length - 1, row.blocks, row.blockCount);
            row.cached = row.blockCount * limits.blockSize();
        }
    }

    /** Positions of a prefix, and of a row with a source, depend on more than the tokens before them. */
    private boolean reusable(Row row) {
        return reuse && limits.prefix() == 0 && row.sourceBlocks.length == 0;
    }

    /** Leaves the full blocks of a row's prompt to others, once; later it would hold what the row may shift over. */
    void keepPrompt(Row row) {
        if (!row.promptKept && row.cached >= row.request.promptLength) {
            row.promptKept = true;
            if (!rewrites(row.request)) {
                keep(row, row.request.promptLength);
            }
        }
    }

    /** Leaves all full blocks of a row that ends. */
    void keepAll(Row row) {
        keep(row, row.cached);
    }

    private void keep(Row row, int positions) {
        boolean plain = row.request.promptLength <= shareable && row.forgotten == 0 && !row.turned;
        if (plain && reusable(row)) {
            tree.keep(row.request.ids, row.blocks, Math.min(positions, shareable) / limits.blockSize());
        }
    }

    private boolean fork(Row from, Row to) {
        int positions = to.request.promptLength - 1;
        int whole = positions / limits.blockSize();
        int needed = to.blocks.length - (rewrites(to.request) ? 0 : whole);
        int parents = rewrites(from.request) ? whole : 0;
        if (!tree.promise(needed + parents)) {
            return false;
        }
        to.promised = needed;
        from.promised += parents;
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
        to.stepped = true;
        return true;
    }
}
