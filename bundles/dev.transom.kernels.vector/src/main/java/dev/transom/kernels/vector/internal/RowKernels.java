package dev.transom.kernels.vector.internal;

import dev.transom.api.kernel.Kernel;
import dev.transom.api.kernel.KernelArguments;
import dev.transom.api.kernel.KernelRequest;
import dev.transom.api.tensor.Format;
import java.util.Optional;

/** Kernels that treat each row of the last axis by itself: norms, softmax and sums. */
final class RowKernels {

    private RowKernels() {
    }

    /** A kernel, or empty for any other operation. */
    static Optional<Kernel> of(KernelRequest request, Pace pace) {
        if (!request.formats().stream().allMatch(Format.F32::equals)) {
            return Optional.empty();
        }
        float eps = (float) request.node().attributes().real("eps", 0);
        return Optional.ofNullable(switch (request.node().operation()) {
            case "rms_norm" -> new RmsNorm(eps, pace);
            case "layer_norm" -> new LayerNorm(eps, pace);
            case "softmax" -> new Softmax();
            case "log_softmax" -> new LogSoftmax();
            case "l2_normalize" -> new L2Normalize(eps);
            case "l2_normalize_backward" -> new L2NormalizeBackward(eps);
            case "sum_last" -> new SumLast();
            default -> null;
        });
    }

    private abstract static class ByRow extends Work {

        @Override
        final int units(KernelArguments arguments) {
            int width = width(arguments);
            return width == 0 ? (int) arguments.outputElements(0) : (int) (arguments.elements(0) / width);
        }

        @Override
        final long elements(KernelArguments arguments) {
            return arguments.elements(0);
        }

        static int width(KernelArguments arguments) {
            return arguments.dim(0, arguments.rank(0) - 1);
        }

        @Override
        final void compute(KernelArguments arguments, int thread, int from, int to) {
            int n = width(arguments);
            for (int row = from; row < to; row++) {
                row(arguments, 4L * row * n, n, row);
            }
        }

        /** One row, which begins {@code at} bytes from the start of x and of y. */
        abstract void row(KernelArguments arguments, long at, int n, int row);
    }

    /** By plain loops as long as the process is young. */
    private abstract static class Norm extends ByRow {

        final float eps;
        private final Pace pace;

        Norm(float eps, Pace pace) {
            this.eps = eps;
            this.pace = pace;
        }

        @Override
        final void row(KernelArguments arguments, long at, int n, int row) {
            if (pace.warm()) {
                vectors(arguments, at, n);
                return;
            }
            long began = System.nanoTime();
            if (pace.vectors()) {
                vectors(arguments, at, n);
                pace.vector(System.nanoTime() - began, n);
            } else {
                plain(arguments, at, n);
                pace.plain(System.nanoTime() - began, n);
            }
        }

        abstract void vectors(KernelArguments arguments, long at, int n);

        abstract void plain(KernelArguments arguments, long at, int n);
    }

    private static final class RmsNorm extends Norm {

        RmsNorm(float eps, Pace pace) {
            super(eps, pace);
        }

        @Override
        void vectors(KernelArguments arguments, long at, int n) {
            long x = arguments.inputAddress(0) + at;
            float factor = (float) (1 / Math.sqrt((double) Row.dot(x, x, n) / n + eps));
            Row.scaled(x, factor, arguments.inputAddress(1), arguments.outputAddress(0) + at, n);
        }

        @Override
        void plain(KernelArguments arguments, long at, int n) {
            PlainNorms.rms(arguments.inputAddress(0) + at, arguments.inputAddress(1), arguments.outputAddress(0) + at, n, eps);
        }
    }

    private static final class LayerNorm extends Norm {

        LayerNorm(float eps, Pace pace) {
            super(eps, pace);
        }

        @Override
        void vectors(KernelArguments arguments, long at, int n) {
            long x = arguments.inputAddress(0) + at;
            float mean = Row.sum(x, n) / n;
            float factor = (float) (1 / Math.sqrt((double) Row.spread(x, mean, n) / n + eps));
            Row.normalized(x, mean, factor, arguments.inputAddress(1), arguments.inputAddress(2), arguments.outputAddress(0) + at,
                n);
        }

        @Override
        void plain(KernelArguments arguments, long at, int n) {
            PlainNorms.layer(arguments.inputAddress(0) + at, arguments.inputAddress(1), arguments.inputAddress(2),
                arguments.outputAddress(0) + at, n, eps);
        }
    }

    private static final class Softmax extends ByRow {

        @Override
        void row(KernelArguments arguments, long at, int n, int row) {
            long x = arguments.inputAddress(0) + at;
            long y = arguments.outputAddress(0) + at;
            float sum = Row.exponentials(x, Row.max(x, n), y, n);
            Arithmetic.DIV.applyScalar(y, sum, y, n);
        }
    }

    private static final class LogSoftmax extends ByRow {

        @Override
        void row(KernelArguments arguments, long at, int n, int row) {
            long x = arguments.inputAddress(0) + at;
            float max = Row.max(x, n);
            float log = (float) Math.log(Row.sumOfExponentials(x, max, n));
            // The maximum first: together with the logarithm it would lose the digits of large logits.
            Arithmetic.affine(x, 1, -max, arguments.outputAddress(0) + at, n);
            Arithmetic.affine(arguments.outputAddress(0) + at, 1, -log, arguments.outputAddress(0) + at, n);
        }
    }

    private static final class L2Normalize extends ByRow {

        private final float eps;

        L2Normalize(float eps) {
            this.eps = eps;
        }

        @Override
        void row(KernelArguments arguments, long at, int n, int row) {
            long x = arguments.inputAddress(0) + at;
            float norm = (float) Math.sqrt(Row.dot(x, x, n));
            Arithmetic.DIV.applyScalar(x, Math.max(norm, eps), arguments.outputAddress(0) + at, n);
        }
    }

    private static final class L2NormalizeBackward extends ByRow {

        private final float eps;

        L2NormalizeBackward(float eps) {
            this.eps = eps;
        }

        @Override
        void row(KernelArguments arguments, long at, int n, int row) {
            long x = arguments.inputAddress(0) + at;
            long dy = arguments.inputAddress(1) + at;
            float squares = Row.dot(x, x, n);
            float norm = (float) Math.sqrt(squares);
            float along = norm > eps ? Row.dot(x, dy, n) / squares : 0;
            Row.scaledDifference(x, dy, along, 1 / (norm > eps ? norm : eps), arguments.outputAddress(0) + at, n);
        }
    }

    private static final class SumLast extends ByRow {

        @Override
        void row(KernelArguments arguments, long at, int n, int row) {
            Lanes.set(arguments.outputAddress(0) + 4L * row, Row.sum(arguments.inputAddress(0) + at, n));
        }
    }
}
