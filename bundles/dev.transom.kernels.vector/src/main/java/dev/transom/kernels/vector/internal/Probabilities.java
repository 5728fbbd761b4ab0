package dev.transom.kernels.vector.internal;

/** Scores, then probabilities, of at most {@link Tile#ROWS} queries and a block of keys: rows of {@link KeyBlock#KEYS}, and the same as lines. */
final class Probabilities {

    /** Bytes of one query's. */
    static final int ROW = Float.BYTES * KeyBlock.KEYS;
    private static final int ROWS = Tile.LINE_FLOATS * ROW;
    private static final int LINES = KeyBlock.KEYS * Tile.LINE;
    /** Bytes of scratch. */
    static final long BYTES = ROWS + LINES + Lines.SPARE;

    private Probabilities() {
    }

    /** Products of queries and keys: rows at {@code to}. */
    static void products(int rows, long lines, int dim, long panels, long panelBytes, int count, long to) {
        Lanes.zero(to, (long) rows * ROW);
        for (int column = 0; column < count; column += Tile.COLUMNS) {
            PackedProduct.tiles(rows, lines, panels + column / Tile.COLUMNS * panelBytes, dim, to + 4L * column, ROW);
        }
    }

    /** Adds rows times values to {@code sums [rows][width]}, width whole panels. */
    static void gather(int rows, long probabilities, int count, long panels, int width, long sums) {
        long lines = probabilities + ROWS;
        Lines.turn(probabilities, ROW, Lines.whole(rows), KeyBlock.KEYS, KeyBlock.KEYS, 0, lines, lines + LINES);
        for (int column = 0; column < width; column += Tile.COLUMNS) {
            PackedProduct.tiles(rows, lines, panels + (long) column / Tile.COLUMNS * KeyBlock.KEYS * Tile.PANEL_ROW, count,
                sums + 4L * column, 4L * width);
        }
    }
}
