package dev.transom.backend.cpu.internal;

import dev.transom.api.kernel.Kernel;
import dev.transom.api.kernel.KernelArguments;
import dev.transom.api.kernel.Threads;
import java.util.List;

/** Runs a chain of {@link RowChains} in one workspace: each thread takes blocks of rows through all members. */
final class RowChain implements Threads.Part {

    /** What a block writes stays in the second-level cache. */
    private static final long BLOCK_BYTES = 128 << 10;
    /** Rows of a block are a multiple of this: a kernel may write whole vectors, up to 64 bytes, behind its last element. */
    private static final int ROWS = 16;

    private final StepArguments[] whole;
    private final Kernel[] kernels;
    /** By thread and member. */
    private final RowSlice[][] slices;

    /** @param whole the arguments of the members */
    RowChain(List<Step> steps, StepArguments[] whole, int threads) {
        this.whole = whole;
        this.kernels = steps.stream().map(Step::kernel).toArray(Kernel[]::new);
        this.slices = new RowSlice[threads][kernels.length];
        for (int thread = 0; thread < threads; thread++) {
            for (int i = 0; i < kernels.length; i++) {
                slices[thread][i] = new RowSlice(steps.get(i).node(), whole[i], thread);
            }
        }
    }

    /** Whether the kernels of a chain can work side by side on different rows. */
    static boolean possible(List<Step> steps) {
        return steps.stream().map(Step::kernel)
            .noneMatch(kernel -> kernel instanceof ReferenceKernel || kernel.sharedScratchBytes() > 0);
    }

    int size() {
        return kernels.length;
    }

    void run(Threads threads) {
        int rows = whole[0].outputDim(0, 0);
        if (rows <= block(rows)) {
            for (int i = 0; i < kernels.length; i++) {
                kernels[i].run(whole[i], threads);
            }
            return;
        }
        for (RowSlice[] thread : slices) {
            for (RowSlice slice : thread) {
                slice.begin(rows);
            }
        }
        threads.run(this, whole[0]);
    }

    private int block(int rows) {
        long bytes = 0;
        for (StepArguments step : whole) {
            bytes += Float.BYTES * step.outputElements(0) / Math.max(1, rows);
        }
        return (int) Math.max(ROWS, BLOCK_BYTES / Math.max(1, bytes) / ROWS * ROWS);
    }

    @Override
    public void run(KernelArguments first, int thread, int threads) {
        int rows = first.outputDim(0, 0);
        int block = block(rows);
        int blocks = Math.ceilDiv(rows, block);
        int end = (int) ((long) blocks * (thread + 1) / threads);
        for (int b = (int) ((long) blocks * thread / threads); b < end; b++) {
            for (int i = 0; i < kernels.length; i++) {
                slices[thread][i].move(b * block, Math.min(block, rows - b * block));
                kernels[i].run(slices[thread][i], Alone.THREAD);
            }
        }
    }

    /** The thread that runs a block. */
    private enum Alone implements Threads {
        THREAD;

        @Override
        public int count() {
            return 1;
        }

        @Override
        public void run(Part part, KernelArguments arguments) {
            part.run(arguments, 0, 1);
        }
    }
}
