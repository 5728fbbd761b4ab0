package dev.transom.kernels.vector.internal;

import dev.transom.api.kernel.KernelArguments;

/**
 * {@code aᵀ · b}, a {@code […, m]}, b {@code […, n]}, summed over all leading dimensions: the gradient of a weight. Tokens are cut into
 * blocks of {@value #BLOCK}, added in their order; in a block fused multiply-adds in the order of tokens.
 */
final class WeightGradientKernel extends PackedProduct {

    private static final int BLOCK = 256;

    private final int m;
    private final int n;

    WeightGradientKernel(int m, int n) {
        super(n, 1, BLOCK, m, 0);
        this.m = m;
        this.n = n;
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
    void lines(KernelArguments arguments, int row, int rows, int start, int size, long to, long phase, long spare) {
        Lines.copy(arguments.inputAddress(0) + 4 * ((long) start * m + row), 4L * m, size, m - row, to);
    }

    @Override
    void panel(KernelArguments arguments, int column, int count, int start, int size, long to, long spare) {
        MatMulKernel.pack(Storage.F32, arguments.inputAddress(1) + 4 * ((long) start * n + column), 4L * n, size, count, to);
    }
}
