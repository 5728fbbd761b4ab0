package dev.transom.backend.cpu.internal;

import dev.transom.api.kernel.KernelArguments;
import java.lang.foreign.MemorySegment;

/** One node's data in one workspace: addresses that stay, sizes that change with the run. */
final class StepArguments implements KernelArguments {

    /** All of native memory; a zero-based segment without an end. */
    static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    final long[] inputs;
    final long[] outputs;
    final long[] keys;
    final long[] values;
    final int[] slots;
    private final int[][] inputDims;
    private final int[][] outputDims;
    private final int[] sizes;
    private final long scratch;
    private final long scratchStride;
    private final long sharedScratch;

    StepArguments(Step step, int[] sizes, long scratch, long scratchStride, long sharedScratch) {
        this.inputDims = step.inputDims();
        this.outputDims = step.outputDims();
        this.inputs = new long[inputDims.length];
        this.keys = new long[inputDims.length];
        this.values = new long[inputDims.length];
        this.slots = new int[inputDims.length];
        this.outputs = new long[outputDims.length];
        this.sizes = sizes;
        this.scratch = scratch;
        this.scratchStride = scratchStride;
        this.sharedScratch = sharedScratch;
    }

    @Override
    public MemorySegment memory() {
        return MEMORY;
    }

    @Override
    public long inputAddress(int input) {
        return inputs[input];
    }

    @Override
    public long outputAddress(int output) {
        return outputs[output];
    }

    @Override
    public int dim(int input, int axis) {
        return size(inputDims[input][axis]);
    }

    @Override
    public int rank(int input) {
        return inputDims[input].length;
    }

    @Override
    public long elements(int input) {
        return product(inputDims[input]);
    }

    @Override
    public int outputDim(int output, int axis) {
        return size(outputDims[output][axis]);
    }

    @Override
    public long outputElements(int output) {
        return product(outputDims[output]);
    }

    @Override
    public long keysAddress(int input) {
        return keys[input];
    }

    @Override
    public long valuesAddress(int input) {
        return values[input];
    }

    @Override
    public int slots(int input) {
        return slots[input];
    }

    @Override
    public long scratchAddress(int thread) {
        return scratch + thread * scratchStride;
    }

    @Override
    public long sharedScratchAddress() {
        return sharedScratch;
    }

    private int size(int code) {
        return code >= 0 ? code : sizes[~code];
    }

    private long product(int[] codes) {
        long product = 1;
        for (int code : codes) {
            product *= size(code);
        }
        return product;
    }
}
