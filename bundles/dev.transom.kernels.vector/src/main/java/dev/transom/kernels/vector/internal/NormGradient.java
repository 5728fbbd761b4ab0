package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Lanes.LENGTH;

import dev.transom.api.kernel.Kernel;
import dev.transom.api.kernel.KernelArguments;
import dev.transom.api.kernel.Threads;

/**
 * Gradients of layer_norm (dx, dw, db) and rms_norm (dx, dw): first each row's moments and dx, rows shared by the threads, then dw and db,
 * columns shared, so that every sum over rows runs in their order whatever the number of threads.
 */
final class NormGradient implements Kernel {

    private final boolean centered;
    private final float eps;
    private final long maxRows;
    private final Threads.Part rows = this::rows;
    private final Threads.Part columns = this::columns;

    /** @param centered whether means are taken off: layer_norm */
    NormGradient(boolean centered, float eps, long maxRows) {
        this.centered = centered;
        this.eps = eps;
        this.maxRows = maxRows;
    }

    /** Mean and factor of each row. */
    @Override
    public long sharedScratchBytes() {
        return 8 * maxRows;
    }

    @Override
    public void run(KernelArguments arguments, Threads threads) {
        threads.run(rows, arguments);
        threads.run(columns, arguments);
    }

    private static int width(KernelArguments arguments) {
        return (int) arguments.elements(1);
    }

    private static int count(KernelArguments arguments) {
        return width(arguments) == 0 ? 0 : (int) (arguments.elements(0) / width(arguments));
    }

    private void rows(KernelArguments arguments, int thread, int threads) {
        int n = width(arguments);
        int count = count(arguments);
        long w = arguments.inputAddress(1);
        for (int row = Share.start(count, thread, threads); row < Share.end(count, thread, threads); row++) {
            long x = arguments.inputAddress(0) + 4L * row * n;
            long dy = arguments.inputAddress(2) + 4L * row * n;
            long dx = arguments.outputAddress(0) + 4L * row * n;
            float mean = centered ? Row.sum(x, n) / n : 0;
            float squares = centered ? Row.spread(x, mean, n) : Row.dot(x, x, n);
            float factor = (float) (1 / Math.sqrt((double) squares / n + eps));
            if (centered) {
                float along = Row.centered(x, mean, w, dy, n) * factor / n;
                Row.layerGradient(x, w, dy, mean, factor, Row.dot(w, dy, n) / n, along, dx, n);
            } else {
                Row.rmsGradient(x, w, dy, factor, Row.weighted(x, dy, w, n) * factor / n, dx, n);
            }
            Lanes.set(arguments.sharedScratchAddress() + 8L * row, mean);
            Lanes.set(arguments.sharedScratchAddress() + 8L * row + 4, factor);
        }
    }

    private void columns(KernelArguments arguments, int thread, int threads) {
        int n = width(arguments);
        int count = count(arguments);
        int vectors = Math.ceilDiv(n, LENGTH);
        int from = Share.start(vectors, thread, threads) * LENGTH;
        int size = Math.min(n, Share.end(vectors, thread, threads) * LENGTH) - from;
        if (size <= 0) {
            return;
        }
        long dw = arguments.outputAddress(1) + 4L * from;
        Lanes.zero(dw, 4L * size);
        if (centered) {
            Lanes.zero(arguments.outputAddress(2) + 4L * from, 4L * size);
        }
        for (int row = 0; row < count; row++) {
            long at = 4L * ((long) row * n + from);
            long moments = arguments.sharedScratchAddress() + 8L * row;
            Row.addProduct(arguments.inputAddress(0) + at, Lanes.get(moments), Lanes.get(moments + 4),
                arguments.inputAddress(2) + at, dw, size);
            if (centered) {
                Row.addScaled(arguments.inputAddress(2) + at, 1, arguments.outputAddress(2) + 4L * from, size);
            }
        }
    }
}
