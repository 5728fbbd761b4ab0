package dev.transom.kernels.vector.internal;

import dev.transom.api.kernel.KernelArguments;

/** Sizes around an axis, and where broadcasting reads. */
final class Axes {

    /** The most axes of a tensor that kernels take. */
    static final int MAX = 8;

    private Axes() {
    }

    /** Elements behind an axis of an input. */
    static long inner(KernelArguments arguments, int input, int axis) {
        long inner = 1;
        for (int i = axis + 1; i < arguments.rank(input); i++) {
            inner *= arguments.dim(input, i);
        }
        return inner;
    }

    /** Product of the axes before one of an input. */
    static long outer(KernelArguments arguments, int input, int axis) {
        long outer = 1;
        for (int i = 0; i < axis; i++) {
            outer *= arguments.dim(input, i);
        }
        return outer;
    }

    /**
     * Where the row {@code unit} of a large input, rows along its last axis, begins in a small one that is broadcast to it, aligned at
     * the last axis.
     */
    static long source(KernelArguments arguments, int small, int large, int unit) {
        int shift = arguments.rank(large) - arguments.rank(small);
        long stride = arguments.rank(small) == 0 ? 1 : arguments.dim(small, arguments.rank(small) - 1);
        long at = 0;
        int rest = unit;
        for (int axis = arguments.rank(large) - 2; axis >= shift; axis--) {
            int size = arguments.dim(small, axis - shift);
            at += size == 1 ? 0 : rest % arguments.dim(large, axis) * stride;
            rest /= arguments.dim(large, axis);
            stride *= size;
        }
        return at;
    }
}
