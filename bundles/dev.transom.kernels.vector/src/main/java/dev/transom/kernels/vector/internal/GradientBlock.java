package dev.transom.kernels.vector.internal;

import dev.transom.api.kernel.KernelArguments;

/**
 * What one block of queries gives to the gradients of attention, by five products: probabilities p = softmax of q·kᵀ, dp = dy·vᵀ,
 * ds = p·(dp − Σ p·dp)·scale, then dq = ds·k, and to what came before dk += dsᵀ·q and dv += pᵀ·dy. Only keys that some query of a
 * tile sees are computed.
 */
final class GradientBlock {

    /** Rows of weights have some elements to spare, which may be copied along. */
    private static final int LEFT = Tile.LINE_FLOATS;

    private GradientBlock() {
    }

    /**
     * @param at       a thread's scratch
     * @param start    first query token
     * @param lines    pairs (query, head)
     * @param position of the first query among the keys
     * @param keys     keys of the segment, packed before
     */
    static void add(GradientScratch scratch, KernelArguments arguments, long at, int kvHead, int start, int lines, int position,
            int keys) {
        HeadLayout layout = scratch.layout();
        int low = Math.max(0, layout.low(position));
        int high = layout.high(position + (lines - 1) / layout.group(), keys);
        pack(scratch, at, arguments.inputAddress(0), layout.dim(), kvHead, start, lines, at + scratch.queryLines(),
            at + scratch.queryPanels());
        pack(scratch, at, arguments.inputAddress(6), layout.valueDim(), kvHead, start, lines, at + scratch.dyLines(),
            at + scratch.dyPanels());
        for (int line = 0; line < lines; line += Tile.ROWS) {
            int rows = Math.min(Tile.ROWS, lines - line);
            scores(scratch, arguments, at, kvHead, line, rows, position, keys, low, high);
            queries(scratch, arguments, at, kvHead, start, line, rows, position, keys);
        }
        keys(scratch, at, lines, position, keys, low, high);
    }

    /** Writes a row of {@code width} as row {@code row} of panels that have {@code rows}. */
    static void panelRow(long from, int width, long panels, int rows, int row) {
        for (int column = 0; column < width; column += Tile.COLUMNS) {
            Columns.copy(from + 4L * column, panels + ((long) column / Tile.COLUMNS * rows + row) * Tile.PANEL_ROW,
                Math.min(Tile.COLUMNS, width - column));
        }
    }

    /** Where the row of a line begins in a tensor {@code [tokens, heads, width]}. */
    private static long row(HeadLayout layout, long tensor, int width, int kvHead, int start, int line) {
        long token = start + line / layout.group();
        int head = kvHead * layout.group() + line % layout.group();
        return tensor + 4 * (token * layout.heads() + head) * width;
    }

    /** Packs rows of the block as lines and as panels. */
    private static void pack(GradientScratch scratch, long at, long tensor, int width, int kvHead, int start, int lines, long to,
            long panels) {
        long spare = at + scratch.spare();
        for (int line = 0; line < lines; line += Tile.ROWS) {
            int rows = Math.min(Tile.ROWS, lines - line);
            for (int r = 0; r < rows; r++) {
                long from = row(scratch.layout(), tensor, width, kvHead, start, line + r);
                Lanes.copy(from, spare + 4L * r * width, 4L * width);
                panelRow(from, width, panels, lines, line + r);
            }
            Lines.turn(spare, 4L * width, rows, width, width, 0, to + (long) (line / Tile.ROWS) * width * Tile.LINE,
                spare + 4L * Tile.ROWS * width);
        }
    }

    /** p and ds of a tile, zeros where a query does not see a key. */
    private static void scores(GradientScratch scratch, KernelArguments arguments, long at, int kvHead, int line, int rows,
            int position, int keys, int low, int high) {
        HeadLayout layout = scratch.layout();
        int first = layout.low(position + line / layout.group()) / Tile.COLUMNS * Tile.COLUMNS;
        int last = layout.high(position + (line + rows - 1) / layout.group(), keys);
        long stride = 4L * GradientScratch.stride(keys);
        long p = at + scratch.p() + line * stride;
        long ds = at + scratch.ds() + line * stride;
        long tile = line / Tile.ROWS;
        products(rows, at + scratch.queryLines() + tile * layout.dim() * Tile.LINE, layout.dim(), at + scratch.keyTurned(), first,
            last, p, stride);
        products(rows, at + scratch.dyLines() + tile * layout.valueDim() * Tile.LINE, layout.valueDim(),
            at + scratch.valueTurned(), first, last, ds, stride);
        for (int r = 0; r < rows; r++) {
            int query = position + (line + r) / layout.group();
            int from = Math.max(low, layout.low(query));
            int to = layout.high(query, keys) + 1;
            if (to <= from) { // nothing seen
                Lanes.zero(p + r * stride + 4L * low, 4L * Math.max(0, high + 1 - low));
                Lanes.zero(ds + r * stride + 4L * low, 4L * Math.max(0, high + 1 - low));
                continue;
            }
            int head = kvHead * layout.group() + (line + r) % layout.group();
            float slope = Lanes.get(arguments.inputAddress(5) + 4L * head);
            long seen = r * stride + 4L * from;
            score(layout, slope, p + seen, ds + seen, at + scratch.caps(), query - from, to - from);
            hide(p + r * stride, low, from, to, high + 1);
            hide(ds + r * stride, low, from, to, high + 1);
        }
    }

    /** Rows times turned keys or values, from a panel's beginning to the panel of the last key. */
    private static void products(int rows, long lines, int dim, long panels, int first, int last, long to, long stride) {
        for (int column = first; column <= last; column += Tile.COLUMNS) {
            for (int r = 0; r < rows; r++) {
                Lanes.zero(to + r * stride + 4L * column, Tile.PANEL_ROW);
            }
            PackedProduct.tiles(rows, lines, panels + 4L * column * Lanes.padded(dim), dim, to + 4L * column, stride);
        }
    }

    /** One query and the {@code n} keys it sees: products become p and ds. */
    private static void score(HeadLayout layout, float slope, long p, long ds, long caps, int position, int n) {
        float scale = (float) layout.mask().scale();
        float softcap = (float) layout.mask().softcap();
        GradientScores.capped(p, scale, softcap, caps, n);
        if (slope != 0) {
            GradientScores.distant(p, slope, position, n);
        }
        GradientScores.softmax(p, n);
        GradientScores.gradient(p, Row.dot(p, ds, n), scale, ds, n);
        if (softcap > 0) {
            Arithmetic.MUL.apply(ds, caps, ds, n);
        }
    }

    /** Zeros in the elements {@code low} to {@code from} and {@code to} to {@code end}. */
    private static void hide(long row, int low, int from, int to, int end) {
        Lanes.zero(row + 4L * low, 4L * (from - low));
        Lanes.zero(row + 4L * to, 4L * (end - to));
    }

    /** dq of a tile. */
    private static void queries(GradientScratch scratch, KernelArguments arguments, long at, int kvHead, int start, int line,
            int rows, int position, int keys) {
        HeadLayout layout = scratch.layout();
        int first = layout.low(position + line / layout.group());
        int count = layout.high(position + (line + rows - 1) / layout.group(), keys) + 1 - first;
        long stride = 4L * GradientScratch.stride(keys);
        Lanes.zero(at + scratch.dq(), rows * scratch.keyRow());
        if (count > 0) {
            Lines.turn(at + scratch.ds() + line * stride + 4L * first, stride, rows, count, count, 0, at + scratch.packed(),
                at + scratch.spare());
            for (int column = 0; column < layout.dim(); column += Tile.COLUMNS) {
                PackedProduct.tiles(rows, at + scratch.packed(),
                    at + scratch.keyRows() + ((long) column / Tile.COLUMNS * keys + first) * Tile.PANEL_ROW, count,
                    at + scratch.dq() + 4L * column, scratch.keyRow());
            }
        }
        for (int r = 0; r < rows; r++) {
            Columns.copy(at + scratch.dq() + r * scratch.keyRow(),
                row(layout, arguments.outputAddress(0), layout.dim(), kvHead, start, line + r), layout.dim());
        }
    }

    /** dk and dv: tiles of keys, each over the lines that see one of them. */
    private static void keys(GradientScratch scratch, long at, int lines, int position, int keys, int low, int high) {
        HeadLayout layout = scratch.layout();
        long stride = 4L * GradientScratch.stride(keys);
        int from = 0;
        int to = 0;
        for (int key = low; key <= high; key += Tile.ROWS) {
            int rows = Math.min(Tile.ROWS, high + 1 - key);
            while (from < lines && layout.high(position + from / layout.group(), keys) < key) {
                from++;
            }
            while (to < lines && layout.low(position + to / layout.group()) < key + rows) {
                to++;
            }
            if (from < to) {
                long row = from * stride + 4L * key;
                long packed = at + scratch.packed();
                weighted(rows, at + scratch.p() + row, stride, to - from, packed, at + scratch.dyPanels(), lines, from,
                    layout.valueDim(), at + scratch.dv() + key * scratch.valueRow(), scratch.valueRow());
                weighted(rows, at + scratch.ds() + row, stride, to - from, packed, at + scratch.queryPanels(), lines, from,
                    layout.dim(), at + scratch.dk() + key * scratch.keyRow(), scratch.keyRow());
            }
        }
    }

    /** Adds to rows of y a tile's columns of weights times rows {@code from} of panels. */
    private static void weighted(int rows, long weights, long stride, int steps, long packed, long panels, int lines, int from,
            int width, long y, long yRow) {
        Lines.copy(weights, stride, steps, LEFT, packed);
        for (int column = 0; column < width; column += Tile.COLUMNS) {
            PackedProduct.tiles(rows, packed, panels + ((long) column / Tile.COLUMNS * lines + from) * Tile.PANEL_ROW, steps,
                y + 4L * column, yRow);
        }
    }
}
