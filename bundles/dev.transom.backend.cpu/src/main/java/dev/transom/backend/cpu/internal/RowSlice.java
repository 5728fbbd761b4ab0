package dev.transom.backend.cpu.internal;

import dev.transom.api.kernel.KernelArguments;
import dev.transom.graph.Node;
import java.lang.foreign.MemorySegment;

/** Some rows of a step's arguments, for one thread, which finds its own scratch as that of thread 0. */
final class RowSlice implements KernelArguments {

    private final StepArguments whole;
    private final int thread;
    private final boolean[] sliced;
    /** Elements of a row in this run. */
    private final long[] inputRows;
    private long outputRow;
    private int start;
    private int rows;

    RowSlice(Node node, StepArguments whole, int thread) {
        this.whole = whole;
        this.thread = thread;
        this.sliced = new boolean[node.inputs().size()];
        this.inputRows = new long[sliced.length];
        for (int i = 0; i < sliced.length; i++) {
            sliced[i] = RowChains.sliced(node, node.inputs().get(i));
        }
    }

    /** Looks up the sizes of this run, which has rows. */
    void begin(int allRows) {
        for (int i = 0; i < sliced.length; i++) {
            inputRows[i] = sliced[i] ? whole.elements(i) / allRows : 0;
        }
        outputRow = whole.outputElements(0) / allRows;
    }

    void move(int first, int count) {
        start = first;
        rows = count;
    }

    @Override
    public MemorySegment memory() {
        return whole.memory();
    }

    @Override
    public long inputAddress(int input) {
        return whole.inputAddress(input) + Float.BYTES * start * inputRows[input];
    }

    @Override
    public long outputAddress(int output) {
        return whole.outputAddress(output) + Float.BYTES * start * outputRow;
    }

    @Override
    public int dim(int input, int axis) {
        return axis == 0 && sliced[input] ? rows : whole.dim(input, axis);
    }

    @Override
    public int rank(int input) {
        return whole.rank(input);
    }

    @Override
    public long elements(int input) {
        return sliced[input] ? rows * inputRows[input] : whole.elements(input);
    }

    @Override
    public int outputDim(int output, int axis) {
        return axis == 0 ? rows : whole.outputDim(output, axis);
    }

    @Override
    public long outputElements(int output) {
        return rows * outputRow;
    }

    @Override
    public long keysAddress(int input) {
        return whole.keysAddress(input);
    }

    @Override
    public long valuesAddress(int input) {
        return whole.valuesAddress(input);
    }

    @Override
    public int slots(int input) {
        return whole.slots(input);
    }

    @Override
    public long scratchAddress(int ignored) {
        return whole.scratchAddress(thread);
    }

    @Override
    public long sharedScratchAddress() {
        return whole.sharedScratchAddress();
    }
}
