package dev.transom.engine.internal;

import dev.transom.api.architecture.Inputs;
import dev.transom.api.backend.Workspace;
import java.util.Set;

/**
 * The inputs of one side (target, or source of an encoder-decoder) of a step, built row by row in arrays that are made once. Only
 * those that the graph declares are handed to the backend.
 */
final class StepSide {

    private final String prefix;
    private final Set<String> declared;
    private final int blockSize;
    private final int tableWidth;
    private final RopeFrequencies rope;

    private final int[] tokens;
    private final int[] positions;
    private final int[] tokenTypes;
    private final int[] slots;
    private final int[] offsets;
    private final int[] first;
    private final int[] last;
    private final int[] lengths;
    private final int[] blockTables;
    private final double[] frequencies;

    private final int[] tokenShape = new int[1];
    private final int[] rowShape = new int[1];
    private final int[] offsetShape = new int[1];
    private final int[] tableShape = new int[2];
    private final int[] ropeShape = new int[2];
    private final String[] names;
    private int tokenCount;
    private int rowCount;

    private static final String[] KNOWN = {Inputs.TOKENS, Inputs.POSITIONS, Inputs.TOKEN_TYPES, Inputs.SLOTS, Inputs.OFFSETS,
        Inputs.FIRST, Inputs.LAST, Inputs.LENGTHS, Inputs.BLOCK_TABLES, Inputs.ROPE_FREQUENCIES};

    /**
     * @param declared inputs of the graph
     * @param prefix   empty or {@link Inputs#SOURCE}
     */
    StepSide(Set<String> declared, String prefix, StepLimits limits, int maxTokens, RopeFrequencies rope) {
        this.prefix = prefix;
        this.declared = declared;
        this.blockSize = limits.blockSize();
        this.tableWidth = limits.tableWidth();
        this.rope = rope;
        tokens = new int[maxTokens];
        positions = new int[maxTokens];
        tokenTypes = new int[maxTokens];
        slots = new int[maxTokens];
        offsets = new int[limits.rows() + 1];
        first = new int[limits.rows()];
        last = new int[limits.rows()];
        lengths = new int[limits.rows()];
        blockTables = new int[limits.rows() * tableWidth];
        frequencies = new double[limits.rows() * rope.half()];
        names = new String[KNOWN.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = prefix + KNOWN[i];
        }
    }

    /** Whether it can fill an input. */
    boolean fills(String input) {
        for (String name : names) {
            if (name.equals(input)) {
                return true;
            }
        }
        return false;
    }

    void begin() {
        tokenCount = 0;
        rowCount = 0;
    }

    int tokenCount() {
        return tokenCount;
    }

    /**
     * Adds {@code count} tokens of a row's target from position {@code from}.
     *
     * @param known tokens that are known of the row, for length-dependent frequencies
     */
    void add(Row row, int from, int count, int known) {
        for (int i = 0; i < count; i++) {
            tokens[tokenCount + i] = row.token(from + i);
        }
        place(from, count, known, row.blocks, row.blockCount);
    }

    /** Adds a row's source tokens {@code from} … {@code from + count − 1}. */
    void addSource(Row row, int from, int count) {
        int[] ids = row.request.source;
        System.arraycopy(ids, from, tokens, tokenCount, count);
        place(from, count, ids.length, row.sourceBlocks, row.sourceBlocks.length);
    }

    private void place(int from, int count, int known, int[] blocks, int held) {
        first[rowCount] = tokenCount;
        for (int position = from; position < from + count; position++) {
            positions[tokenCount] = position;
            slots[tokenCount] = blocks[position / blockSize] * blockSize + position % blockSize;
            tokenCount++;
        }
        last[rowCount] = tokenCount - 1;
        lengths[rowCount] = from + count;
        System.arraycopy(blocks, 0, blockTables, rowCount * tableWidth, held);
        rope.copy(known, frequencies, rowCount * rope.half());
        rowCount++;
        offsets[rowCount] = tokenCount;
    }

    /** Hands over what the graph declares. */
    void send(Workspace workspace) {
        tokenShape[0] = tokenCount;
        rowShape[0] = rowCount;
        offsetShape[0] = rowCount + 1;
        tableShape[0] = rowCount;
        tableShape[1] = tableWidth;
        ropeShape[0] = rowCount;
        ropeShape[1] = rope.half();
        ints(workspace, 0, tokens, tokenShape);
        ints(workspace, 1, positions, tokenShape);
        ints(workspace, 2, tokenTypes, tokenShape);
        ints(workspace, 3, slots, tokenShape);
        ints(workspace, 4, offsets, offsetShape);
        ints(workspace, 5, first, rowShape);
        ints(workspace, 6, last, rowShape);
        ints(workspace, 7, lengths, rowShape);
        ints(workspace, 8, blockTables, tableShape);
        if (declared.contains(names[9])) {
            workspace.setReals(names[9], frequencies, ropeShape);
        }
    }

    private void ints(Workspace workspace, int name, int[] data, int[] shape) {
        if (declared.contains(names[name])) {
            workspace.setInts(names[name], data, shape);
        }
    }

    @Override
    public String toString() {
        return prefix + tokenCount + " tokens in " + rowCount + " rows";
    }
}
