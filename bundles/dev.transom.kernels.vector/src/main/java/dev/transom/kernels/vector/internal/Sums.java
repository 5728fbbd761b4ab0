package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Lanes.LENGTH;

import dev.transom.api.kernel.Kernel;
import dev.transom.api.kernel.KernelArguments;
import dev.transom.api.kernel.KernelRequest;
import dev.transom.api.kernel.Threads;
import dev.transom.api.tensor.Format;
import java.util.Optional;

/**
 * Kernels that add rows, in their order: sum_to, scatter_add, sum_all, mean_all and its gradient, sums and means of segments. Where rows meet
 * in a sum, threads share the columns.
 */
final class Sums {

    private Sums() {
    }

    /** A kernel, or empty for any other operation. */
    static Optional<Kernel> of(KernelRequest request) {
        if (request.formats().isEmpty()) {
            return Optional.empty();
        }
        // Of the others only shapes and integers are read.
        boolean backward = request.node().operation().equals("mean_all_backward");
        if (!request.formats().get(backward ? 1 : 0).equals(Format.F32)) {
            return Optional.empty();
        }
        return Optional.ofNullable(switch (request.node().operation()) {
            case "sum_to" -> new SumTo();
            case "scatter_add" -> new ScatterAdd();
            case "sum_all" -> new All(false);
            case "mean_all" -> new All(true);
            case "mean_all_backward" -> new MeanAllBackward();
            case "segment_sum" -> new Segment(false);
            case "segment_mean" -> new Segment(true);
            case "segment_spread" -> new Spread(false);
            case "segment_mean_backward" -> new Spread(true);
            default -> null;
        });
    }

    /** Vectors of columns of the last axis of an input. */
    private abstract static class ByColumns extends Work {

        private final int input;

        ByColumns(int input) {
            this.input = input;
        }

        final int width(KernelArguments arguments) {
            return arguments.rank(input) == 0 ? 1 : arguments.dim(input, arguments.rank(input) - 1);
        }

        @Override
        int units(KernelArguments arguments) {
            return Math.ceilDiv(width(arguments), LENGTH);
        }

        @Override
        long elements(KernelArguments arguments) {
            return arguments.elements(input);
        }

        @Override
        final void compute(KernelArguments arguments, int thread, int from, int to) {
            columns(arguments, from * LENGTH, Math.min(width(arguments), to * LENGTH) - from * LENGTH);
        }

        abstract void columns(KernelArguments arguments, int from, int count);
    }

    private static final class SumTo extends ByColumns {

        SumTo() {
            super(0);
        }

        /** One unit where the last axis is summed: its columns meet. */
        @Override
        int units(KernelArguments arguments) {
            return last(arguments) == 1 ? 1 : Math.max(1, super.units(arguments));
        }

        private static int last(KernelArguments arguments) {
            return arguments.rank(1) == 0 ? 1 : arguments.dim(1, arguments.rank(1) - 1);
        }

        @Override
        void columns(KernelArguments arguments, int from, int count) {
            int width = width(arguments);
            int last = last(arguments);
            long x = arguments.inputAddress(0);
            long y = arguments.outputAddress(0);
            if (last == 1) {
                Lanes.zero(y, 4 * arguments.outputElements(0));
            } else {
                for (long row = 0; row < arguments.outputElements(0) / last; row++) {
                    Lanes.zero(y + 4 * (row * last + from), 4L * count);
                }
            }
            long rows = width == 0 ? 0 : arguments.elements(0) / width;
            for (int row = 0; row < rows; row++) {
                long to = y + 4 * Axes.source(arguments, 1, 0, row);
                if (last == 1) {
                    Lanes.set(to, Lanes.get(to) + Row.sum(x + 4L * row * width, width));
                } else {
                    Row.addScaled(x + 4 * ((long) row * width + from), 1, to + 4L * from, count);
                }
            }
        }
    }

    private static final class ScatterAdd extends ByColumns {

        ScatterAdd() {
            super(2);
        }

        @Override
        void check(KernelArguments arguments) {
            Ids.rows("scatter_add", arguments.inputAddress(1), (int) arguments.elements(1), arguments.dim(2, 0));
        }

        @Override
        void columns(KernelArguments arguments, int from, int count) {
            long inner = Axes.inner(arguments, 2, 0);
            int width = arguments.rank(2) == 1 ? 1 : width(arguments);
            if (arguments.rank(2) == 1) {
                Lanes.zero(arguments.outputAddress(0) + 4L * from, 4L * count);
                for (int i = 0; i < arguments.elements(1); i++) {
                    int id = Lanes.getInt(arguments.inputAddress(1) + 4L * i);
                    if (id >= from && id < from + count) {
                        long y = arguments.outputAddress(0) + 4L * id;
                        Lanes.set(y, Lanes.get(y) + Lanes.get(arguments.inputAddress(0) + 4L * i));
                    }
                }
                return;
            }
            long slabs = inner / width;
            for (long row = 0; row < arguments.dim(2, 0) * slabs; row++) {
                Lanes.zero(arguments.outputAddress(0) + 4 * (row * width + from), 4L * count);
            }
            for (long i = 0; i < arguments.elements(1); i++) {
                int id = Lanes.getInt(arguments.inputAddress(1) + 4 * i);
                for (long s = 0; s < slabs && id >= 0; s++) {
                    Row.addScaled(arguments.inputAddress(0) + 4 * ((i * slabs + s) * width + from), 1,
                        arguments.outputAddress(0) + 4 * ((id * slabs + s) * width + from), count);
                }
            }
        }
    }

    /** On one thread: the sum is one. */
    private static final class All implements Kernel {

        private static final int BLOCK = 4096;
        private final boolean mean;

        All(boolean mean) {
            this.mean = mean;
        }

        @Override
        public void run(KernelArguments arguments, Threads threads) {
            long elements = arguments.elements(0);
            double sum = 0;
            for (long at = 0; at < elements; at += BLOCK) {
                sum += Row.sum(arguments.inputAddress(0) + 4 * at, (int) Math.min(BLOCK, elements - at));
            }
            Lanes.set(arguments.outputAddress(0), (float) (mean ? sum / elements : sum));
        }
    }

    private static final class MeanAllBackward extends Work {

        @Override
        int units(KernelArguments arguments) {
            return 1;
        }

        @Override
        void compute(KernelArguments arguments, int thread, int from, int to) {
            long elements = arguments.outputElements(0);
            float each = (float) ((double) Lanes.get(arguments.inputAddress(1)) / elements);
            for (long at = 0; at < elements && from == 0 && to == 1; at += 1 << 20) {
                Arithmetic.fill(arguments.outputAddress(0) + 4 * at, each, (int) Math.min(1 << 20, elements - at));
            }
        }
    }

    private static final class Segment extends ByColumns {

        private final boolean mean;

        Segment(boolean mean) {
            super(0);
            this.mean = mean;
        }

        @Override
        void check(KernelArguments arguments) {
            Ids.offsets(mean ? "segment_mean" : "segment_sum", arguments.inputAddress(1), arguments.dim(1, 0), arguments.dim(0, 0));
        }

        @Override
        void columns(KernelArguments arguments, int from, int count) {
            int width = width(arguments);
            for (int r = 0; r < arguments.outputDim(0, 0); r++) {
                int start = Lanes.getInt(arguments.inputAddress(1) + 4L * r);
                int end = Lanes.getInt(arguments.inputAddress(1) + 4L * r + 4);
                long y = arguments.outputAddress(0) + 4 * ((long) r * width + from);
                Lanes.zero(y, 4L * count);
                for (int t = start; t < end; t++) {
                    Row.addScaled(arguments.inputAddress(0) + 4 * ((long) t * width + from), 1, y, count);
                }
                if (mean) {
                    Arithmetic.DIV.applyScalar(y, Math.max(1, end - start), y, count);
                }
            }
        }
    }

    /** A row's vector for each of its tokens, divided by their number for the gradient of a mean. */
    private static final class Spread extends Work {

        private final boolean mean;

        Spread(boolean mean) {
            this.mean = mean;
        }

        @Override
        void check(KernelArguments arguments) {
            Ids.offsets(mean ? "segment_mean_backward" : "segment_spread", arguments.inputAddress(1), arguments.dim(1, 0),
                arguments.outputDim(0, 0));
        }

        @Override
        int units(KernelArguments arguments) {
            return arguments.outputDim(0, 0);
        }

        @Override
        void compute(KernelArguments arguments, int thread, int from, int to) {
            int width = arguments.dim(0, 1);
            int r = 0;
            for (int t = from; t < to; t++) {
                while (r < arguments.dim(0, 0) && Lanes.getInt(arguments.inputAddress(1) + 4L * r + 4) <= t) {
                    r++;
                }
                long y = arguments.outputAddress(0) + 4L * t * width;
                int start = r < arguments.dim(0, 0) ? Lanes.getInt(arguments.inputAddress(1) + 4L * r) : Integer.MAX_VALUE;
                if (t < start) {
                    Lanes.zero(y, 4L * width);
                } else if (mean) {
                    int end = Lanes.getInt(arguments.inputAddress(1) + 4L * r + 4);
                    Arithmetic.DIV.applyScalar(arguments.inputAddress(0) + 4L * r * width, end - start, y, width);
                } else {
                    Columns.copy(arguments.inputAddress(0) + 4L * r * width, y, width);
                }
            }
        }
    }
}
