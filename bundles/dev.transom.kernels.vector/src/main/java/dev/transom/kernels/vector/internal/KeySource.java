package dev.transom.kernels.vector.internal;

import dev.transom.api.kernel.KernelArguments;
import java.lang.foreign.MemorySegment;

/**
 * Where attention finds keys and values: beside the queries, in segments of their own, or in a paged cache.
 *
 * @param blockSize positions in a block of the cache, 0 without a cache
 * @param cache     name of the cache
 */
record KeySource(HeadLayout layout, int blockSize, String cache) {

    static KeySource segments(HeadLayout layout) {
        return new KeySource(layout, 0, "");
    }

    static KeySource cache(HeadLayout layout, int blockSize, String cache) {
        return new KeySource(layout, blockSize, cache);
    }

    private boolean paged() {
        return blockSize > 0;
    }

    /** Bytes of a block of keys, panels {@code [padded dim][COLUMNS]}. */
    long keyBytes() {
        return 4L * KeyBlock.KEYS * layout.paddedDim();
    }

    /** Bytes of a block of keys, of values, and of what brings them. */
    long bytes() {
        return keyBytes() + 4L * KeyBlock.KEYS * layout.paddedValueDim() + 4L * Tile.LINE_FLOATS * layout.paddedDim()
            + Math.max(Lines.SPARE, KeyBlock.turnScratch(layout.dim()));
    }

    /** Checks all integers by which memory will be addressed. */
    void check(KernelArguments arguments) {
        int tokens = arguments.dim(0, 0);
        int offsets = rows(arguments) + 1;
        if (paged()) {
            Ids.offsets("paged_attention", arguments.inputAddress(4), offsets, tokens);
            Ids.blocks(cache, arguments.inputAddress(2), arguments.dim(2, 1), arguments.inputAddress(3), offsets - 1, blockSize,
                arguments.slots(1));
        } else {
            Ids.offsets("attention", arguments.inputAddress(3), offsets, tokens);
            Ids.offsets("attention", arguments.inputAddress(4), offsets, arguments.dim(1, 0));
        }
    }

    /** Offsets of the queries. */
    long offsets(KernelArguments arguments) {
        return arguments.inputAddress(paged() ? 4 : 3);
    }

    /** Rows of the batch. */
    int rows(KernelArguments arguments) {
        return arguments.dim(paged() ? 4 : 3, 0) - 1;
    }

    /** Keys of a row. */
    int count(KernelArguments arguments, int row) {
        return paged() ? Lanes.getInt(arguments.inputAddress(3) + 4L * row)
            : Lanes.getInt(arguments.inputAddress(4) + 4L * row + 4) - first(arguments, row);
    }

    private int first(KernelArguments arguments, int row) {
        return paged() ? 0 : Lanes.getInt(arguments.inputAddress(4) + 4L * row);
    }

    /** Packs keys {@code position} to {@code position + count} of a row, then their values. */
    void bring(KernelArguments arguments, int row, int kvHead, int position, int count, long to) {
        long table = paged() ? arguments.inputAddress(2) + 4L * row * arguments.dim(2, 1) : KeyBlock.NO_TABLE;
        long keys = paged() ? arguments.keysAddress(1) : arguments.inputAddress(1);
        long values = paged() ? arguments.valuesAddress(1) : arguments.inputAddress(2);
        int first = first(arguments, row);
        long valuePanels = to + keyBytes();
        KeyBlock.turn(keys + first * layout.keyStride() + 4L * kvHead * layout.dim(), layout.keyStride(), table, blockSize, position,
            count, layout.dim(), to, valuePanels + 4L * KeyBlock.KEYS * layout.paddedValueDim());
        KeyBlock.copy(values + first * layout.valueStride() + 4L * kvHead * layout.valueDim(), layout.valueStride(), table, blockSize,
            position, count, layout.valueDim(), valuePanels);
    }

    /** Copies keys {@code position} to {@code position + count} of a row, one after the other, and their values. */
    void copy(KernelArguments arguments, int row, int kvHead, int position, int count, float[] keysTo, float[] valuesTo) {
        long table = paged() ? arguments.inputAddress(2) + 4L * row * arguments.dim(2, 1) : KeyBlock.NO_TABLE;
        int first = first(arguments, row);
        long keys = (paged() ? arguments.keysAddress(1) : arguments.inputAddress(1)) + first * layout.keyStride()
            + 4L * kvHead * layout.dim();
        long values = (paged() ? arguments.valuesAddress(1) : arguments.inputAddress(2)) + first * layout.valueStride()
            + 4L * kvHead * layout.valueDim();
        for (int i = 0; i < count; i++) {
            MemorySegment.copy(Lanes.MEMORY, Lanes.FLOAT, KeyBlock.address(keys, layout.keyStride(), table, blockSize, position + i),
                keysTo, i * layout.dim(), layout.dim());
            MemorySegment.copy(Lanes.MEMORY, Lanes.FLOAT,
                KeyBlock.address(values, layout.valueStride(), table, blockSize, position + i), valuesTo, i * layout.valueDim(),
                layout.valueDim());
        }
    }
}
