package dev.transom.kernels.vector.internal;

import dev.transom.api.kernel.Kernel;
import dev.transom.api.kernel.KernelArguments;
import dev.transom.api.kernel.Threads;

/**
 * Attention within segments, and over a paged cache, in the manner of flash attention: keys come in blocks of
 * {@link ColumnTile#COLUMNS} that begin at fixed positions; for each query the softmax and the weighted values are brought up to date block by
 * block. A query's additions depend on the positions of its keys alone, so it has the same bits alone, in a prompt, in decoding,
 * and without a cache; a block that it does not see changes nothing.
 */
final class AttentionKernel implements Kernel, Threads.Part {

    /** Queries for which a block of keys is brought in once. */
    private static final int QUERIES = 48;
    private static final int BLOCK = ColumnTile.COLUMNS;

    private final HeadLayout layout;
    /** Positions in a block of the cache, 0 without a cache. */
    private final int blockSize;
    private final String cache;

    private AttentionKernel(HeadLayout layout, int blockSize, String cache) {
        this.layout = layout;
        this.blockSize = blockSize;
        this.cache = cache;
    }

    static AttentionKernel ofSegments(HeadLayout layout) {
        return new AttentionKernel(layout, 0, "");
    }

    static AttentionKernel ofCache(HeadLayout layout, int blockSize, String cache) {
        return new AttentionKernel(layout, blockSize, cache);
    }

    private boolean paged() {
        return blockSize > 0;
    }

    private long keyPanelBytes() {
        return (long) layout.paddedDim() * ColumnTile.PANEL_ROW;
    }

    private long valuePanelBytes() {
        return 4L * BLOCK * layout.paddedValueDim();
    }

    /** Scores, sums, factors, states, keys, values. */
    @Override
    public long scratchBytes() {
        return 2 * ColumnTile.SUMS + 64 + 8L * QUERIES * layout.group() + keyPanelBytes() + valuePanelBytes()
            + KeyBlock.turnScratch(layout.dim());
    }

    @Override
    public void run(KernelArguments arguments, Threads threads) {
        int tokens = arguments.dim(0, 0);
        int rows = arguments.dim(paged() ? 4 : 3, 0);
        if (paged()) {
            Ids.offsets("paged_attention", arguments.inputAddress(4), rows, tokens);
            Ids.blocks(cache, arguments.inputAddress(2), arguments.dim(2, 1), arguments.inputAddress(3), rows - 1, blockSize,
                arguments.slots(1));
        } else {
            Ids.offsets("attention", arguments.inputAddress(3), rows, tokens);
            Ids.offsets("attention", arguments.inputAddress(4), rows, arguments.dim(1, 0));
        }
        if (tokens > 0) {
            threads.run(this, arguments);
        }
    }

    @Override
    public void run(KernelArguments arguments, int thread, int threads) {
        long offsets = arguments.inputAddress(paged() ? 4 : 3);
        int rows = arguments.dim(paged() ? 4 : 3, 0) - 1;
        int unit = 0;
        for (int r = 0; r < rows; r++) {
            int from = Lanes.getInt(offsets + 4L * r);
            int to = Lanes.getInt(offsets + 4L * r + 4);
            for (int start = from; start < to; start += QUERIES) {
                for (int kvHead = 0; kvHead < layout.kvHeads(); kvHead++) {
                    if (unit++ % threads == thread) {
                        queries(arguments, thread, r, kvHead, start, Math.min(to, start + QUERIES), from, to);
                    }
                }
            }
        }
        if (thread == 0) {
            int first = Lanes.getInt(offsets);
            int last = Lanes.getInt(offsets + 4L * rows);
            long y = arguments.outputAddress(0);
            Lanes.zero(y, first * layout.outputStride());
            Lanes.zero(y + last * layout.outputStride(), (arguments.dim(0, 0) - last) * layout.outputStride());
        }
    }

    /** Queries {@code start} to {@code end} of a row with tokens {@code from} to {@code to}, by the heads that read one key head. */
    private void queries(KernelArguments arguments, int thread, int row, int kvHead, int start, int end, int from, int to) {
        long table = paged() ? arguments.inputAddress(2) + 4L * row * arguments.dim(2, 1) : KeyBlock.NO_TABLE;
        long keys = paged() ? arguments.keysAddress(1) : arguments.inputAddress(1);
        long values = paged() ? arguments.valuesAddress(1) : arguments.inputAddress(2);
        int first = paged() ? 0 : Lanes.getInt(arguments.inputAddress(4) + 4L * row);
        int count = paged() ? Lanes.getInt(arguments.inputAddress(3) + 4L * row)
            : Lanes.getInt(arguments.inputAddress(4) + 4L * row + 4) - first;
        keys += first * layout.keyStride() + 4L * kvHead * layout.dim();
        values += first * layout.valueStride() + 4L * kvHead * layout.valueDim();
        int position = start - from + count - (to - from);
        begin(arguments, thread, kvHead, start, end);
        int low = layout.low(position) / BLOCK * BLOCK;
        int high = layout.high(position + end - start - 1, count);
        long scratch = arguments.scratchAddress(thread);
        long keyPanel = scratch + 2 * ColumnTile.SUMS + 64 + 8L * QUERIES * layout.group();
        long valuePanel = keyPanel + keyPanelBytes();
        for (int block = low; block <= high; block += BLOCK) {
            int size = Math.min(BLOCK, count - block);
            KeyBlock.turn(keys, layout.keyStride(), table, blockSize, block, size, layout.dim(), keyPanel,
                valuePanel + valuePanelBytes());
            long direct = KeyBlock.direct(values, layout.valueStride(), table, blockSize, block, size, layout.valueDim());
            if (direct == 0) {
                KeyBlock.copy(values, layout.valueStride(), table, blockSize, block, size, layout.valueDim(), valuePanel,
                    layout.paddedValueDim());
            }
            block(arguments, thread, kvHead, start, end, position, block, count, keyPanel,
                direct == 0 ? valuePanel : direct, direct == 0 ? 4L * layout.paddedValueDim() : layout.valueStride());
        }
        finish(arguments, thread, kvHead, start, end);
    }

    private long state(KernelArguments arguments, int thread, int query, int head) {
        return arguments.scratchAddress(thread) + 2 * ColumnTile.SUMS + 64 + 8L * (query * layout.group() + head);
    }

    private long output(KernelArguments arguments, int token, int head) {
        return arguments.outputAddress(0) + 4L * ((long) token * layout.heads() + head) * layout.valueDim();
    }

    private void begin(KernelArguments arguments, int thread, int kvHead, int start, int end) {
        for (int t = start; t < end; t++) {
            Lanes.zero(output(arguments, t, kvHead * layout.group()), 4L * layout.group() * layout.valueDim());
            for (int g = 0; g < layout.group(); g++) {
                Lanes.set(state(arguments, thread, t - start, g), Float.NEGATIVE_INFINITY);
                Lanes.set(state(arguments, thread, t - start, g) + 4, 0);
            }
        }
    }

    private void finish(KernelArguments arguments, int thread, int kvHead, int start, int end) {
        for (int t = start; t < end; t++) {
            for (int g = 0; g < layout.group(); g++) {
                float sum = Lanes.get(state(arguments, thread, t - start, g) + 4);
                long y = output(arguments, t, kvHead * layout.group() + g);
                if (sum != 0) {
                    Arithmetic.DIV.applyScalar(y, sum, y, layout.valueDim());
                }
            }
        }
    }

    /** All queries by one block of keys; tiles go along the queries of a head, or along the heads of a query if those are more. */
    private void block(KernelArguments arguments, int thread, int kvHead, int start, int end, int position, int block, int keys,
            long keyPanel, long valuePanel, long valueStride) {
        int queries = end - start;
        int group = layout.group();
        boolean alongHeads = queries < group;
        int lines = alongHeads ? queries : group;
        int length = alongHeads ? group : queries;
        for (int line = 0; line < lines; line++) {
            for (int i = 0, tile; i < length; i += tile) {
                tile = ColumnTile.rows(length - i);
                int query = alongHeads ? line : i;
                int last = alongHeads ? line : i + tile - 1;
                if (layout.high(position + last, keys) >= block && layout.low(position + query) < block + BLOCK) {
                    tile(arguments, thread, kvHead, start, query, alongHeads ? i : line, tile, alongHeads, position, block, keys,
                        keyPanel, valuePanel, valueStride);
                }
            }
        }
    }

    private void tile(KernelArguments arguments, int thread, int kvHead, int start, int query, int head, int tile, boolean alongHeads,
            int position, int block, int keys, long keyPanel, long valuePanel, long valueStride) {
        long scores = arguments.scratchAddress(thread);
        long sums = scores + ColumnTile.SUMS;
        long factors = sums + ColumnTile.SUMS;
        int firstHead = kvHead * layout.group() + head;
        long q = arguments.inputAddress(0) + 4L * ((long) (start + query) * layout.heads() + firstHead) * layout.dim();
        ColumnTile.run(tile, q, alongHeads ? 4L * layout.dim() : layout.queryStride(), 4, keyPanel, ColumnTile.PANEL_ROW,
            layout.dim(), scores);
        for (int i = 0; i < tile; i++) {
            int h = alongHeads ? firstHead + i : firstHead;
            int at = position + (alongHeads ? query : query + i);
            long row = scores + (long) i * ColumnTile.PANEL_ROW;
            Scores.mask(row, (float) layout.mask().scale(), (float) layout.mask().softcap(),
                Lanes.get(arguments.inputAddress(5) + 4L * h), at - block, layout.low(at) - block,
                layout.high(at, keys) - block);
            long state = alongHeads ? state(arguments, thread, query, head + i) : state(arguments, thread, query + i, head);
            Lanes.set(factors + 4L * i, Scores.exponentials(row, state));
        }
        for (int column = 0; column < layout.valueDim(); column += ColumnTile.COLUMNS) {
            ColumnTile.run(tile, scores, ColumnTile.PANEL_ROW, 4, valuePanel + 4L * column, valueStride,
                Math.min(BLOCK, keys - block), sums);
            for (int i = 0; i < tile; i++) {
                long y = alongHeads ? output(arguments, start + query, firstHead + i) : output(arguments, start + query + i, firstHead);
                Scores.gather(y + 4L * column, Lanes.get(factors + 4L * i), sums + (long) i * ColumnTile.PANEL_ROW,
                    Math.min(ColumnTile.COLUMNS, layout.valueDim() - column));
            }
        }
    }
}
