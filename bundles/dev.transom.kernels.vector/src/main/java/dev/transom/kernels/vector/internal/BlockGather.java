package dev.transom.kernels.vector.internal;

import dev.transom.api.kernel.KernelArguments;

/** Rows of a table in blocks, expanded: only those asked for. */
final class BlockGather extends Work {

    private final BlockStorage storage;

    BlockGather(BlockStorage storage) {
        this.storage = storage;
    }

    @Override
    void check(KernelArguments arguments) {
        Ids.rows("gather", arguments.inputAddress(1), units(arguments), arguments.dim(0, 0));
    }

    @Override
    int units(KernelArguments arguments) {
        return (int) arguments.elements(1);
    }

    @Override
    void compute(KernelArguments arguments, int thread, int from, int to) {
        int width = (int) Axes.inner(arguments, 0, 0);
        for (int i = from; i < to; i++) {
            int id = Lanes.getInt(arguments.inputAddress(1) + 4L * i);
            long y = arguments.outputAddress(0) + 4L * i * width;
            if (id < 0) {
                Lanes.zero(y, 4L * width);
            } else {
                storage.expand(arguments.inputAddress(0) + storage.offset((long) id * width), y, width);
            }
        }
    }
}
