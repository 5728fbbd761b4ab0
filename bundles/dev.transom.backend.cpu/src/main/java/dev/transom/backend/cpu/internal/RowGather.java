package dev.transom.backend.cpu.internal;

import dev.transom.api.kernel.Kernel;
import dev.transom.api.kernel.KernelArguments;
import dev.transom.api.kernel.KernelRequest;
import dev.transom.api.kernel.Threads;
import dev.transom.api.tensor.Format;
import dev.transom.blocks.Blocks;
import dev.transom.graph.Rules;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Looks up rows of a table in blocks where no provider has a kernel: the definition would expand the whole table, which a vocabulary
 * makes large, for the few rows of a step.
 */
final class RowGather implements Kernel {

    private final Format format;

    RowGather(KernelRequest request) {
        this.format = request.formats().getFirst();
    }

    /** Whether a node looks up rows of blocks. */
    static boolean suits(KernelRequest request) {
        return request.node().operation().equals("gather") && request.formats().getFirst().blocked();
    }

    @Override
    public void run(KernelArguments arguments, Threads threads) {
        int rows = arguments.dim(0, 0);
        int width = 1;
        for (int axis = 1; axis < arguments.rank(0); axis++) {
            width *= arguments.dim(0, axis);
        }
        MemorySegment table = StepArguments.MEMORY.asSlice(arguments.inputAddress(0), format.bytes((long) rows * width));
        float[] row = new float[width];
        for (int i = 0; i < arguments.elements(1); i++) {
            int id = StepArguments.MEMORY.get(ValueLayout.JAVA_INT_UNALIGNED, arguments.inputAddress(1) + 4L * i);
            Rules.require(id < rows, "gather: an id must be below the " + rows + " rows of the table", id);
            if (id >= 0) {
                Blocks.decode(format, table, (long) id * width, row, 0, width);
            } else {
                java.util.Arrays.fill(row, 0);
            }
            MemorySegment.copy(row, 0, StepArguments.MEMORY, ValueLayout.JAVA_FLOAT_UNALIGNED,
                arguments.outputAddress(0) + 4L * i * width, width);
        }
    }
}
