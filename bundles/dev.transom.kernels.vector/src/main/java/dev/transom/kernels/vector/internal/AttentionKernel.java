package dev.transom.kernels.vector.internal;

import dev.transom.api.kernel.Kernel;
import dev.transom.api.kernel.KernelArguments;
import dev.transom.api.kernel.Threads;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Attention within segments, and over a paged cache, in the manner of flash attention: keys come in blocks of
 * {@value KeyBlock#KEYS} that begin at fixed positions; for each query the softmax and the weighted values are brought up to date block by
 * block. A query's additions depend on the positions of its keys alone, so it has the same bits alone, in a prompt, in decoding,
 * and without a cache; a block that it does not see changes nothing.
 *
 * <p>A unit of work is some queries of one segment and all heads that read one key head: {@link #lines} of pairs (query, head) that
 * share the blocks of keys and values.
 */
final class AttentionKernel implements Kernel, Threads.Part {

    /** Lines for which a block of keys is brought in once: whole tiles. */
    private static final int LINES = 132;

    /** Multiply-adds of a unit above which vectors are used in a young process too, which learns them quickly so. */
    private static final long LARGE = 1 << 20;

    private final HeadLayout layout;
    private final KeySource source;
    private final int queries;
    private final Pace pace;
    private final AtomicReference<PlainAttention> plain = new AtomicReference<>();

    private AttentionKernel(HeadLayout layout, KeySource source, Pace pace) {
        this.layout = layout;
        this.source = source;
        this.pace = pace;
        this.queries = Math.max(1, LINES / layout.group());
    }

    static AttentionKernel ofSegments(HeadLayout layout, Pace pace) {
        return new AttentionKernel(layout, KeySource.segments(layout), pace);
    }

    static AttentionKernel ofCache(HeadLayout layout, int blockSize, String cache, Pace pace) {
        return new AttentionKernel(layout, KeySource.cache(layout, blockSize, cache), pace);
    }

    private int maxTiles() {
        return Math.ceilDiv(queries * layout.group(), Tile.ROWS);
    }

    private long queryBytes() {
        return (long) maxTiles() * layout.paddedDim() * Tile.LINE;
    }

    private long sumBytes() {
        return (long) maxTiles() * Tile.ROWS * 4 * layout.paddedValueDim();
    }

    private long stateBytes() {
        return 8L * maxTiles() * Tile.ROWS;
    }

    /** Queries as lines, sums of values, states, then what {@link #block} needs. */
    @Override
    public long scratchBytes() {
        return queryBytes() + sumBytes() + stateBytes() + Probabilities.BYTES + source.bytes();
    }

    @Override
    public void run(KernelArguments arguments, Threads threads) {
        source.check(arguments);
        if (arguments.dim(0, 0) > 0) {
            threads.run(this, arguments);
        }
    }

    @Override
    public void run(KernelArguments arguments, int thread, int threads) {
        long offsets = source.offsets(arguments);
        int rows = source.rows(arguments);
        int unit = 0;
        for (int r = 0; r < rows; r++) {
            int from = Lanes.getInt(offsets + 4L * r);
            int to = Lanes.getInt(offsets + 4L * r + 4);
            for (int start = from; start < to; start += queries) {
                for (int kvHead = 0; kvHead < layout.kvHeads(); kvHead++) {
                    if (unit++ % threads == thread) {
                        unit(arguments, thread, r, kvHead, start, Math.min(to, start + queries), to);
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

    /** Queries {@code start} to {@code end} of a row whose tokens end at {@code to}, by the heads that read one key head. */
    private void unit(KernelArguments arguments, int thread, int row, int kvHead, int start, int end, int to) {
        long work = work(arguments, row, start, end);
        if (pace.warm() || work > LARGE || !PlainAttention.knows(layout)) {
            vectors(arguments, thread, row, kvHead, start, end, to);
            return;
        }
        long began = System.nanoTime();
        if (pace.vectors()) {
            vectors(arguments, thread, row, kvHead, start, end, to);
            pace.vector(System.nanoTime() - began, work);
        } else {
            PlainAttention kept = plain.getAndSet(null);
            PlainAttention loops = kept == null ? new PlainAttention(layout) : kept;
            loops.unit(arguments, source, row, kvHead, start, end, to);
            plain.set(loops);
            pace.plain(System.nanoTime() - began, work);
        }
    }

    private long work(KernelArguments arguments, int row, int start, int end) {
        return (long) (end - start) * layout.group() * source.count(arguments, row) * (layout.dim() + layout.valueDim());
    }

    private void vectors(KernelArguments arguments, int thread, int row, int kvHead, int start, int end, int to) {
        long scratch = arguments.scratchAddress(thread);
        long states = scratch + queryBytes() + sumBytes();
        long keyBlock = states + stateBytes() + Probabilities.BYTES;
        int lines = (end - start) * layout.group();
        int keys = source.count(arguments, row);
        int position = start - to + keys;
        lines(arguments, kvHead, start, lines, scratch, keyBlock);
        Lanes.zero(scratch + queryBytes(), sumBytes());
        for (int line = 0; line < lines; line++) {
            Lanes.set(states + 8L * line, Float.NEGATIVE_INFINITY);
            Lanes.set(states + 8L * line + 4, 0);
        }
        int low = layout.low(position) / KeyBlock.KEYS * KeyBlock.KEYS;
        int high = layout.high(position + end - start - 1, keys);
        for (int block = low; block <= high; block += KeyBlock.KEYS) {
            source.bring(arguments, row, kvHead, block, Math.min(KeyBlock.KEYS, keys - block), keyBlock);
            block(arguments, thread, kvHead, lines, position, block, keys);
        }
        for (int line = 0; line < lines; line++) {
            float sum = Lanes.get(states + 8L * line + 4);
            long y = arguments.outputAddress(0) + (start + line / layout.group()) * layout.outputStride()
                + 4L * (kvHead * layout.group() + line % layout.group()) * layout.valueDim();
            Arithmetic.DIV.applyScalar(scratch + queryBytes() + 4L * line * layout.paddedValueDim(), sum == 0 ? 1 : sum, y,
                layout.valueDim());
        }
    }

    /** Packs queries. */
    private void lines(KernelArguments arguments, int kvHead, int start, int lines, long to, long spare) {
        for (int line = 0; line < lines; line += Tile.ROWS) {
            long packed = to + (long) (line / Tile.ROWS) * layout.paddedDim() * Tile.LINE;
            long square = spare + 4L * Tile.LINE_FLOATS * layout.paddedDim();
            int rows = Math.min(Tile.ROWS, lines - line);
            if (layout.group() == 1 && lines - line >= Lines.whole(rows)) {
                Lines.turn(arguments.inputAddress(0) + (start + line) * layout.queryStride() + 4L * kvHead * layout.dim(),
                    layout.queryStride(), Lines.whole(rows), layout.dim(), layout.dim(), 0, packed, square);
                continue;
            }
            for (int r = 0; r < rows; r++) {
                int token = start + (line + r) / layout.group();
                int head = kvHead * layout.group() + (line + r) % layout.group();
                Lanes.copy(arguments.inputAddress(0) + token * layout.queryStride() + 4L * head * layout.dim(),
                    spare + 4L * r * layout.dim(), 4L * layout.dim());
            }
            Lines.turn(spare, 4L * layout.dim(), Lines.whole(rows), layout.dim(), layout.dim(), 0, packed, square);
        }
    }

    /** All lines by one block of keys. */
    private void block(KernelArguments arguments, int thread, int kvHead, int lines, int position, int block, int keys) {
        long scratch = arguments.scratchAddress(thread);
        long states = scratch + queryBytes() + sumBytes();
        long probabilities = states + stateBytes();
        long keyPanels = probabilities + Probabilities.BYTES;
        long valuePanels = keyPanels + source.keyBytes();
        int count = Math.min(KeyBlock.KEYS, keys - block);
        for (int line = 0; line < lines; line += Tile.ROWS) {
            int rows = Math.min(Tile.ROWS, lines - line);
            if (layout.high(position + (line + rows - 1) / layout.group(), keys) < block
                || layout.low(position + line / layout.group()) >= block + KeyBlock.KEYS) {
                continue;
            }
            Probabilities.products(rows, scratch + (long) (line / Tile.ROWS) * layout.paddedDim() * Tile.LINE, layout.dim(), keyPanels,
                (long) layout.paddedDim() * Tile.PANEL_ROW, count, probabilities);
            long sums = scratch + queryBytes() + 4L * line * layout.paddedValueDim();
            for (int r = 0; r < rows; r++) {
                int at = position + (line + r) / layout.group();
                int head = kvHead * layout.group() + (line + r) % layout.group();
                long scores = probabilities + (long) r * Probabilities.ROW;
                Scores.mask(scores, (float) layout.mask().scale(), (float) layout.mask().softcap(),
                    Lanes.get(arguments.inputAddress(5) + 4L * head), at - block, layout.low(at) - block, layout.high(at, keys) - block);
                float factor = Scores.exponentials(scores, states + 8L * (line + r));
                if (factor != 1) {
                    Arithmetic.affine(sums + 4L * r * layout.paddedValueDim(), factor, 0, sums + 4L * r * layout.paddedValueDim(),
                        layout.paddedValueDim());
                }
            }
            Probabilities.gather(rows, probabilities, count, valuePanels, layout.paddedValueDim(), sums);
        }
    }
}
