package dev.transom.kernels.x86.internal;

import dev.transom.api.kernel.KernelArguments;

/** {@code aᵀ · b}, a {@code […, m]}, b {@code […, n]}, summed over all leading dimensions: the gradient of a weight. */
final class OuterProduct extends PackedProduct {

    private final int m;

    OuterProduct(int m, int n, long maxTokens) {
        super(n, maxTokens, m);
        this.m = m;
    }

    @Override
    int rows(KernelArguments arguments) {
        return m;
    }

    @Override
    int depth(KernelArguments arguments) {
        return m == 0 ? 0 : (int) (arguments.elements(0) / m);
    }

    @Override
    void lines(KernelArguments arguments, int row, int start, int there, int steps, long to, long spare) {
        Packing.STRAIGHT.pack(Storage.F32, arguments.inputAddress(0) + 4 * ((long) start * m + row), 4L * m,
            Math.min(Packing.EIGHT, m - row), there, steps, to, Tile.LINE, spare);
    }

    @Override
    void panel(KernelArguments arguments, int column, int start, int there, int steps, long to, long spare) {
        Packing.STRAIGHT.pack(Storage.F32, arguments.inputAddress(1) + 4 * ((long) start * columns + column), 4L * columns,
            Math.min(Packing.EIGHT, columns - column), there, steps, to, Tile.PANEL_ROW, spare);
    }

    @Override
    void fetch(KernelArguments arguments, int column, int start, int there, int part) {
        ByColumns.fetchColumns(arguments.inputAddress(1), Storage.F32, columns, column, start, there, part);
    }
}
