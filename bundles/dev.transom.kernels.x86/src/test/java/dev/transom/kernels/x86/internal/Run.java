package dev.transom.kernels.x86.internal;

import dev.transom.api.kernel.Kernel;
import dev.transom.api.kernel.KernelArguments;
import dev.transom.api.kernel.Threads;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** One run of a kernel on two inputs of two axes, its threads in turn. */
final class Run implements KernelArguments, Threads {

    private final int threads;
    private final int[][] shapes;
    private final int[] result;
    private final MemorySegment[] inputs;
    private final MemorySegment output;
    private final MemorySegment[] scratch;
    private final MemorySegment shared;
    private final Kernel kernel;

    Run(Kernel kernel, int threads, int[][] shapes, MemorySegment[] inputs, int... result) {
        Arena arena = Arena.ofAuto();
        this.kernel = kernel;
        this.threads = threads;
        this.shapes = shapes;
        this.inputs = inputs;
        this.result = result;
        this.output = arena.allocate(4L * result[0] * result[1] + 4, 64);
        this.scratch = new MemorySegment[threads];
        for (int i = 0; i < threads; i++) {
            scratch[i] = arena.allocate(kernel.scratchBytes() + 1, 64);
        }
        this.shared = arena.allocate(kernel.sharedScratchBytes() + 1, 64);
        output.fill((byte) 77);
    }

    MemorySegment run() {
        kernel.run(this, this);
        return output;
    }

    @Override
    public int count() {
        return threads;
    }

    @Override
    public void run(Part part, KernelArguments arguments) {
        for (int i = 0; i < threads; i++) {
            part.run(arguments, i, threads);
        }
    }

    @Override
    public MemorySegment memory() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long inputAddress(int input) {
        return inputs[input].address();
    }

    @Override
    public long outputAddress(int ignored) {
        return output.address();
    }

    @Override
    public int dim(int input, int axis) {
        return shapes[input][axis];
    }

    @Override
    public int rank(int input) {
        return shapes[input].length;
    }

    @Override
    public long elements(int input) {
        return (long) shapes[input][0] * shapes[input][1];
    }

    @Override
    public int outputDim(int ignored, int axis) {
        return result[axis];
    }

    @Override
    public long outputElements(int ignored) {
        return (long) result[0] * result[1];
    }

    @Override
    public long keysAddress(int input) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long valuesAddress(int input) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int slots(int input) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long scratchAddress(int thread) {
        return scratch[thread].address();
    }

    @Override
    public long sharedScratchAddress() {
        return shared.address();
    }
}
