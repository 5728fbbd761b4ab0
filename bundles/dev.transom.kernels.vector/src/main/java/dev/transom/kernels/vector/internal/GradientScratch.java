package dev.transom.kernels.vector.internal;

/**
 * Where the gradient of attention keeps what it works with, as bytes from the start of a thread's scratch. Keys and values of a
 * whole segment are packed, for they are gone through once for each block of queries.
 *
 * @param layout      the heads
 * @param lines       pairs (query, head) of a block, whole tiles or more
 * @param maxKeys     the most keys of a segment
 * @param keyTurned   keys as columns: panels {@code [padded dim][COLUMNS]}
 * @param valueTurned values as columns
 * @param keyRows     keys as rows: panels {@code [keys][COLUMNS]}
 * @param dk          gradient of keys so far, {@code [keys][dim in whole panels]}
 * @param dv          gradient of values so far
 * @param queryLines  queries of the block as lines
 * @param dyLines     gradients of the output as lines
 * @param queryPanels queries as rows: panels {@code [lines][COLUMNS]}
 * @param dyPanels    gradients of the output as rows
 * @param p           probabilities, {@code [lines][stride]}
 * @param ds          gradients of scores
 * @param caps        derivatives of the softcap for one line, if there is one
 * @param dq          gradients of a tile's queries
 * @param packed      probabilities or gradients as lines
 * @param spare       for packing
 * @param bytes       all of it
 */
record GradientScratch(HeadLayout layout, int lines, int maxKeys, long keyTurned, long valueTurned, long keyRows, long dk,
        long dv, long queryLines, long dyLines, long queryPanels, long dyPanels, long p, long ds, long caps, long dq, long packed,
        long spare, long bytes) {

    static GradientScratch of(HeadLayout layout, int lines, int maxKeys) {
        int tiles = Math.ceilDiv(lines, Tile.ROWS);
        long dim = panels(layout.dim());
        long valueDim = panels(layout.valueDim());
        long keys = panels(maxKeys);
        long keyTurned = 0;
        long valueTurned = keyTurned + 4 * keys * Lanes.padded(layout.dim());
        long keyRows = valueTurned + 4 * keys * Lanes.padded(layout.valueDim());
        long dk = keyRows + 4L * maxKeys * dim;
        long dv = dk + 4L * maxKeys * dim;
        long queryLines = dv + 4L * maxKeys * valueDim;
        long dyLines = queryLines + (long) tiles * layout.dim() * Tile.LINE;
        long queryPanels = dyLines + (long) tiles * layout.valueDim() * Tile.LINE;
        long dyPanels = queryPanels + 4L * lines * dim;
        long p = dyPanels + 4L * lines * valueDim;
        long ds = p + 4L * lines * stride(maxKeys);
        long caps = ds + 4L * lines * stride(maxKeys);
        long dq = caps + (layout.mask().softcap() > 0 ? 4L * stride(maxKeys) : 0);
        long packed = dq + 4L * Tile.ROWS * dim;
        long spare = packed + (long) Math.max(lines, maxKeys) * Tile.LINE;
        int wider = Math.max(layout.dim(), layout.valueDim());
        long turning = Math.max(KeyBlock.turnScratch(wider), 4L * Tile.ROWS * wider + Lines.SPARE);
        return new GradientScratch(layout, lines, maxKeys, keyTurned, valueTurned, keyRows, dk, dv, queryLines, dyLines,
            queryPanels, dyPanels, p, ds, caps, dq, packed, spare, spare + turning);
    }

    /** A size in whole panels. */
    static int panels(int size) {
        return Math.ceilDiv(size, Tile.COLUMNS) * Tile.COLUMNS;
    }

    /** Elements from one row of probabilities to the next: rows a power of two apart would drive each other from the cache. */
    static int stride(int keys) {
        return panels(keys) + 16;
    }

    /** Bytes of a row of dk or dq. */
    long keyRow() {
        return 4L * panels(layout.dim());
    }

    /** Bytes of a row of dv. */
    long valueRow() {
        return 4L * panels(layout.valueDim());
    }
}
