package dev.transom.kernels.vector.internal;

import dev.transom.api.kernel.KernelArguments;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * What a unit of {@link AttentionKernel} computes, bit for bit, in loops over arrays: for a young process, as {@link PlainDots}.
 * Knows no softcap.
 */
final class PlainAttention {

    private static final int KEYS = KeyBlock.KEYS;

    private final HeadLayout layout;
    private final float[] query;
    private final float[] keys;
    private final float[] values;
    private final float[] scores = new float[KEYS];
    private final float[] lanes = new float[Lanes.LENGTH];
    private final float[] gathered;
    private float[] sums;
    private float[] maxima;
    private float[] totals;

    PlainAttention(HeadLayout layout) {
        this.layout = layout;
        this.query = new float[layout.dim()];
        this.keys = new float[KEYS * layout.dim()];
        this.values = new float[KEYS * layout.valueDim()];
        this.gathered = new float[layout.valueDim()];
        this.sums = new float[layout.valueDim()];
        this.maxima = new float[1];
        this.totals = new float[1];
    }

    static boolean knows(HeadLayout layout) {
        return layout.mask().softcap() == 0;
    }

    /** Queries {@code start} to {@code end} of a row whose tokens end at {@code to}, by the heads that read one key head. */
    void unit(KernelArguments arguments, KeySource source, int row, int kvHead, int start, int end, int to) {
        int lines = (end - start) * layout.group();
        int count = source.count(arguments, row);
        int position = start - to + count;
        begin(lines);
        int low = layout.low(position) / KEYS * KEYS;
        int high = layout.high(position + end - start - 1, count);
        for (int block = low; block <= high; block += KEYS) {
            int there = Math.min(KEYS, count - block);
            source.copy(arguments, row, kvHead, block, there, keys, values);
            for (int line = 0; line < lines; line++) {
                int first = line / Tile.ROWS * Tile.ROWS;
                int last = Math.min(first + Tile.ROWS, lines) - 1;
                // A tile's rows share what they skip.
                if (layout.high(position + last / layout.group(), count) >= block
                    && layout.low(position + first / layout.group()) < block + KEYS) {
                    long q = arguments.inputAddress(0) + (start + line / layout.group()) * layout.queryStride()
                        + 4L * head(kvHead, line) * layout.dim();
                    MemorySegment.copy(Lanes.MEMORY, Lanes.FLOAT, q, query, 0, query.length);
                    line(line, position + line / layout.group(), block, there, count,
                        Lanes.get(arguments.inputAddress(5) + 4L * head(kvHead, line)));
                }
            }
        }
        for (int line = 0; line < lines; line++) {
            write(line, arguments.outputAddress(0) + (start + line / layout.group()) * layout.outputStride()
                + 4L * head(kvHead, line) * layout.valueDim());
        }
    }

    private int head(int kvHead, int line) {
        return kvHead * layout.group() + line % layout.group();
    }

    private void begin(int lines) {
        if (maxima.length < lines) {
            sums = new float[lines * layout.valueDim()];
            maxima = new float[lines];
            totals = new float[lines];
        }
        Arrays.fill(sums, 0, lines * layout.valueDim(), 0);
        Arrays.fill(maxima, 0, lines, Float.NEGATIVE_INFINITY);
        Arrays.fill(totals, 0, lines, 0);
    }

    /** One query by one block of keys. */
    private void line(int line, int at, int block, int there, int count, float slope) {
        int low = layout.low(at) - block;
        int high = Math.min(layout.high(at, count) - block, KEYS - 1);
        float scale = (float) layout.mask().scale();
        Arrays.fill(scores, Float.NEGATIVE_INFINITY);
        float max = maxima[line];
        for (int j = Math.max(0, low); j <= high; j++) {
            // The tile adds to a zero.
            float x = (0f + product(j)) * scale;
            if (slope != 0) {
                x -= Math.abs((float) j - (at - block)) * slope;
            }
            scores[j] = x;
            max = Math.max(max, x);
        }
        if (max == Float.NEGATIVE_INFINITY) {
            Arrays.fill(scores, 0);
        } else {
            float factor = PlainFunctions.decay(maxima[line] - max);
            totals[line] = totals[line] * factor + exponentials(max);
            maxima[line] = max;
            if (factor != 1) {
                scale(line * layout.valueDim(), factor);
            }
        }
        gather(line * layout.valueDim(), there);
    }

    private float product(int j) {
        float sum = 0;
        int from = j * query.length;
        for (int i = 0; i < query.length; i++) {
            sum = Math.fma(query[i], keys[from + i], sum);
        }
        return sum;
    }

    /** As {@link Row#exponentials}. */
    private float exponentials(float max) {
        Arrays.fill(lanes, 0);
        for (int j = 0; j < KEYS; j += lanes.length) {
            for (int lane = 0; lane < lanes.length; lane++) {
                float x = scores[j + lane];
                float e = x == Float.NEGATIVE_INFINITY ? 0 : PlainFunctions.decay(x - max);
                scores[j + lane] = e;
                lanes[lane] += e;
            }
        }
        return PlainNorms.one(lanes);
    }

    private void scale(int from, float factor) {
        for (int i = 0; i < gathered.length; i++) {
            sums[from + i] = sums[from + i] * factor + 0;
        }
    }

    private void gather(int to, int there) {
        Arrays.fill(gathered, 0);
        for (int j = 0; j < there; j++) {
            float p = scores[j];
            int from = j * gathered.length;
            for (int i = 0; i < gathered.length; i++) {
                gathered[i] = Math.fma(p, values[from + i], gathered[i]);
            }
        }
        for (int i = 0; i < gathered.length; i++) {
            sums[to + i] = gathered[i] + sums[to + i];
        }
    }

    private void write(int line, long y) {
        float total = totals[line] == 0 ? 1 : totals[line];
        int from = line * gathered.length;
        for (int i = 0; i < gathered.length; i++) {
            gathered[i] = sums[from + i] / total;
        }
        MemorySegment.copy(gathered, 0, Lanes.MEMORY, Lanes.FLOAT, y, gathered.length);
    }
}
