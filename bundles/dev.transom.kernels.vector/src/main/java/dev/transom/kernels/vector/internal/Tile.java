package dev.transom.kernels.vector.internal;

/**
 * Outer products: adds to {@code rows} rows of y the sums over i of line[i][row] · panel[i][column], each upwards from zero, one fused
 * multiply-add after the other. A line has room for {@value #LINE_FLOATS} rows, of which at most {@value #ROWS} count; a panel is
 * {@code [steps][COLUMNS]}. Fewer rows give the same bits.
 */
final class Tile {

    /** Rows of the largest tile. */
    static final int ROWS = 6;
    static final int LINE_FLOATS = 8;
    /** Bytes of a line. */
    static final int LINE = LINE_FLOATS * Float.BYTES;
    /** Vectors of a tile's columns: as many as the registers hold sums of, 32 of them with AVX-512 and on ARM, 16 with AVX2. */
    static final int VECTORS = Lanes.LENGTH == 8 ? 2 : 4;
    /** Columns of a tile. */
    static final int COLUMNS = VECTORS * Lanes.LENGTH;
    /** Bytes of one row of a panel. */
    static final int PANEL_ROW = VECTORS * Lanes.BYTES;

    private Tile() {
    }

    /** The largest tile for the rows that are left: 6, 4, 2 or 1. */
    static int rows(int left) {
        return left >= 6 ? 6 : left >= 4 ? 4 : left >= 2 ? 2 : 1;
    }

    static void run(int rows, long lines, long panel, int steps, long y, long yStride) {
        if (VECTORS == 2) {
            NarrowTile.run(rows, lines, panel, steps, y, yStride);
        } else {
            WideTile.run(rows, lines, panel, steps, y, yStride);
        }
    }
}
