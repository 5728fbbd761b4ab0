package dev.transom.kernels.x86.internal;

import dev.transom.api.kernel.KernelArguments;

/**
 * {@code x […, k] · w}, w {@code [k, n]} in a format of blocks along n: the gradient of {@link BlocksByRows}'s input. Rows of
 * w are expanded to floats as far as a block of the sum needs them, whatever the number of tokens.
 */
final class BlocksByColumns extends PackedProduct {

    private static final int BLOCK = 256;

    private final BlockFormat format;
    private final int k;

    BlocksByColumns(BlockFormat format, int k, int n, long maxTokens) {
        super(n, k, maxTokens, BLOCK);
        this.format = format;
        this.k = k;
    }

    /** The rows of a block of the sum follow the lines. */
    @Override
    public long sharedScratchBytes() {
        return super.sharedScratchBytes() + 4L * Math.min(BLOCK, k) * columns;
    }

    @Override
    int rows(KernelArguments arguments) {
        return columns == 0 ? 0 : (int) (arguments.outputElements(0) / columns);
    }

    @Override
    int depth(KernelArguments arguments) {
        return k;
    }

    @Override
    int size(int depth, int start) {
        return Math.min(BLOCK, depth - start);
    }

    private long floats(KernelArguments arguments) {
        return arguments.sharedScratchAddress() + super.sharedScratchBytes();
    }

    @Override
    void share(KernelArguments arguments, int start, int there, int thread, int threads) {
        int first = Share.start(there, thread, threads);
        long stride = (long) columns / format.elements() * format.bytes();
        Expansion.run(format, arguments.inputAddress(1) + (start + first) * stride, stride,
            Share.end(there, thread, threads) - first,
            columns / format.elements(), floats(arguments) + 4L * first * columns, 4L * columns);
    }

    @Override
    void lines(KernelArguments arguments, int row, int start, int there, int steps, long to, long spare) {
        Packing.TURNED.pack(Storage.F32, arguments.inputAddress(0) + 4 * ((long) row * k + start), 4L * k,
            Math.min(Packing.EIGHT, rows(arguments) - row), there, steps, to, Tile.LINE, spare);
    }

    @Override
    void panel(KernelArguments arguments, int column, int start, int there, int steps, long to, long spare) {
        Packing.STRAIGHT.pack(Storage.F32, floats(arguments) + 4L * column, 4L * columns,
            Math.min(Packing.EIGHT, columns - column), there, steps, to, Tile.PANEL_ROW, spare);
    }

    @Override
    void fetch(KernelArguments arguments, int column, int start, int there, int part) {
        ByColumns.fetchColumns(floats(arguments), Storage.F32, columns, column, 0, there, part);
    }
}
