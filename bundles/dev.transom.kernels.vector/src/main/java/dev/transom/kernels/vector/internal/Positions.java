package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Lanes.FLOATS;
import static dev.transom.kernels.vector.internal.Lanes.LENGTH;
import static dev.transom.kernels.vector.internal.Lanes.MEMORY;
import static dev.transom.kernels.vector.internal.Lanes.ORDER;

import dev.transom.api.kernel.Kernel;
import dev.transom.api.kernel.KernelArguments;
import dev.transom.api.kernel.KernelRequest;
import dev.transom.api.tensor.Format;
import dev.transom.graph.Attributes;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;

/** Kernels of positions: sinusoid, rope_table and rope. Angles are computed in float64, as their definitions do. */
final class Positions {

    private Positions() {
    }

    /** A kernel, or empty for any other operation. */
    static Optional<Kernel> of(KernelRequest request) {
        Attributes attributes = request.node().attributes();
        return Optional.ofNullable(switch (request.node().operation()) {
            case "sinusoid" -> new Sinusoid(attributes.text("layout").equals("halves"));
            case "rope_table" -> request.formats().get(1).equals(Format.F32) ? new RopeTable(attributes.real("scale")) : null;
            case "rope" -> request.formats().stream().allMatch(Format.F32::equals)
                ? new Rope(attributes.text("layout").equals("halves"), attributes.flag("inverse")) : null;
            default -> null;
        });
    }

    private abstract static class ByToken extends Work {

        @Override
        final int units(KernelArguments arguments) {
            return arguments.dim(0, 0);
        }

        @Override
        final void compute(KernelArguments arguments, int thread, int from, int to) {
            for (int t = from; t < to; t++) {
                token(arguments, t);
            }
        }

        abstract void token(KernelArguments arguments, int t);
    }

    private static final class Sinusoid extends ByToken {

        private final boolean halves;

        Sinusoid(boolean halves) {
            this.halves = halves;
        }

        @Override
        void token(KernelArguments arguments, int t) {
            int dim = arguments.outputDim(0, 1);
            long y = arguments.outputAddress(0) + 4L * t * dim;
            int position = Lanes.getInt(arguments.inputAddress(0) + 4L * t);
            for (int i = 0; i < dim / 2; i++) {
                double angle = position / Math.pow(10000, 2.0 * i / dim);
                Lanes.set(y + 4L * (halves ? i : 2 * i), (float) Math.sin(angle));
                Lanes.set(y + 4L * (halves ? i + dim / 2 : 2 * i + 1), (float) Math.cos(angle));
            }
            if (dim % 2 == 1) {
                Lanes.set(y + 4L * (dim - 1), 0);
            }
        }
    }

    private static final class RopeTable extends ByToken {

        private final double scale;

        RopeTable(double scale) {
            this.scale = scale;
        }

        @Override
        void check(KernelArguments arguments) {
            Ids.offsets("rope_table", arguments.inputAddress(2), arguments.dim(2, 0), arguments.dim(0, 0));
        }

        @Override
        void token(KernelArguments arguments, int t) {
            int half = arguments.dim(1, 1);
            int row = 0;
            while (row < arguments.dim(1, 0) && Lanes.getInt(arguments.inputAddress(2) + 4L * row + 4) <= t) {
                row++;
            }
            long y = arguments.outputAddress(0) + 8L * t * half;
            if (row == arguments.dim(1, 0) || Lanes.getInt(arguments.inputAddress(2) + 4L * row) > t) {
                Lanes.zero(y, 8L * half);
                return;
            }
            int position = Lanes.getInt(arguments.inputAddress(0) + 4L * t);
            for (int i = 0; i < half; i++) {
                double angle = position * (double) Lanes.get(arguments.inputAddress(1) + 4 * ((long) row * half + i));
                Lanes.set(y + 4L * i, (float) (Math.cos(angle) * scale));
                Lanes.set(y + 4L * (half + i), (float) (Math.sin(angle) * scale));
            }
        }
    }

    private static final class Rope extends ByToken {

        private final boolean halves;
        private final boolean inverse;

        Rope(boolean halves, boolean inverse) {
            this.halves = halves;
            this.inverse = inverse;
        }

        @Override
        void token(KernelArguments arguments, int t) {
            int heads = arguments.dim(0, 1);
            int dim = arguments.dim(0, 2);
            int half = arguments.dim(1, 2);
            long cos = arguments.inputAddress(1) + 8L * t * half;
            for (int head = 0; head < heads; head++) {
                long at = 4 * ((long) t * heads + head) * dim;
                long x = arguments.inputAddress(0) + at;
                long y = arguments.outputAddress(0) + at;
                int done = halves ? halves(x, y, cos, half) : 0;
                for (int i = done; i < half; i++) {
                    rotate(x, y, 4L * (halves ? i : 2 * i), 4L * (halves ? i + half : 2 * i + 1), Lanes.get(cos + 4L * i),
                        Lanes.get(cos + 4L * (half + i)));
                }
                Columns.copy(x + 8L * half, y + 8L * half, dim - 2 * half);
            }
        }

        private void rotate(long x, long y, long first, long second, float cos, float sin) {
            float a = Lanes.get(x + first);
            float b = Lanes.get(x + second);
            float s = inverse ? -sin : sin;
            Lanes.set(y + first, Math.fma(a, cos, -(b * s)));
            Lanes.set(y + second, Math.fma(b, cos, a * s));
        }

        private int halves(long x, long y, long cosines, int half) {
            int i = 0;
            for (; i <= half - LENGTH; i += LENGTH) {
                FloatVector a = FloatVector.fromMemorySegment(FLOATS, MEMORY, x + 4L * i, ORDER);
                FloatVector b = FloatVector.fromMemorySegment(FLOATS, MEMORY, x + 4L * (half + i), ORDER);
                FloatVector cos = FloatVector.fromMemorySegment(FLOATS, MEMORY, cosines + 4L * i, ORDER);
                FloatVector sin = FloatVector.fromMemorySegment(FLOATS, MEMORY, cosines + 4L * (half + i), ORDER);
                if (inverse) {
                    sin = sin.neg();
                }
                a.fma(cos, b.mul(sin).neg()).intoMemorySegment(MEMORY, y + 4L * i, ORDER);
                b.fma(cos, a.mul(sin)).intoMemorySegment(MEMORY, y + 4L * (half + i), ORDER);
            }
            return i;
        }
    }
}
