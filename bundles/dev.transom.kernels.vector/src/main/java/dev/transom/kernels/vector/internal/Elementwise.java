package dev.transom.kernels.vector.internal;

import dev.transom.api.kernel.Kernel;
import dev.transom.api.kernel.KernelArguments;
import dev.transom.api.kernel.KernelRequest;
import dev.transom.api.tensor.Format;
import dev.transom.graph.Attributes;
import dev.transom.graph.Dim;
import dev.transom.graph.Shape;
import java.util.Optional;

/** Kernels that treat each element by itself. */
final class Elementwise {

    /** Elements of one unit of work. */
    private static final int UNIT = 1024;

    private Elementwise() {
    }

    /**
     * A kernel for a function, its gradient, arithmetic or {@code affine}; empty for any other operation.
     *
     * @param pace of functions
     */
    static Optional<Kernel> of(KernelRequest request, Pace pace) {
        String operation = request.node().operation();
        if (!request.formats().stream().allMatch(Format.F32::equals)) {
            return Optional.empty();
        }
        Function function = Function.of(operation);
        FunctionGradient gradient = FunctionGradient.of(operation);
        Arithmetic arithmetic = Arithmetic.of(operation);
        if (function != null) {
            return Optional.of(new OfFunction(function, pace));
        }
        if (gradient != null) {
            return Optional.of(new OfGradient(gradient));
        }
        if (arithmetic != null) {
            return arithmetic(arithmetic, request);
        }
        Attributes attributes = request.node().attributes();
        return operation.equals("affine")
            ? Optional.of(new OfAffine((float) attributes.real("scale"), (float) attributes.real("shift"))) : Optional.empty();
    }

    /**
     * b repeats along a if its axes are, from the last, those of a up to some axis, and 1 before; it is spread if it is 1 along the last
     * axes and those of a before.
     */
    private static Optional<Kernel> arithmetic(Arithmetic arithmetic, KernelRequest request) {
        Shape a = request.node().inputs().get(0).shape();
        Shape b = request.node().inputs().get(1).shape();
        int equal = 0;
        while (equal < b.rank() && b.dim(b.rank() - 1 - equal).equals(a.dim(a.rank() - 1 - equal))) {
            equal++;
        }
        boolean repeats = true;
        for (int axis = 0; axis < b.rank() - equal; axis++) {
            repeats &= b.dim(axis).equals(Dim.of(1));
        }
        if (repeats) {
            return Optional.of(new OfArithmetic(arithmetic));
        }
        boolean column = b.rank() == a.rank() && b.last().equals(Dim.of(1)) && b.sub(0, b.rank() - 1).equals(a.sub(0, a.rank() - 1));
        return column ? Optional.of(new OfColumn(arithmetic)) : Optional.empty();
    }

    private abstract static class ByElement extends Work {

        @Override
        int units(KernelArguments arguments) {
            return (int) Math.ceilDiv(arguments.outputElements(0), (long) UNIT);
        }

        @Override
        final void compute(KernelArguments arguments, int thread, int from, int to) {
            for (int unit = from; unit < to; unit++) {
                long start = (long) unit * UNIT;
                apply(arguments, thread, start, (int) Math.min(UNIT, arguments.outputElements(0) - start));
            }
        }

        abstract void apply(KernelArguments arguments, int thread, long start, int count);
    }

    private static final class OfFunction extends ByElement {

        private final Function function;
        private final Pace pace;

        OfFunction(Function function, Pace pace) {
            this.function = function;
            this.pace = pace;
        }

        @Override
        void apply(KernelArguments arguments, int thread, long start, int count) {
            long x = arguments.inputAddress(0) + 4 * start;
            long y = arguments.outputAddress(0) + 4 * start;
            if (pace.warm() || !PlainFunctions.knows(function)) {
                function.apply(x, y, count);
                return;
            }
            long began = System.nanoTime();
            if (pace.vectors()) {
                function.apply(x, y, count);
                pace.vector(System.nanoTime() - began, count);
            } else {
                PlainFunctions.apply(function, x, y, count);
                pace.plain(System.nanoTime() - began, count);
            }
        }
    }

    private static final class OfGradient extends ByElement {

        private final FunctionGradient gradient;

        OfGradient(FunctionGradient gradient) {
            this.gradient = gradient;
        }

        @Override
        public long scratchBytes() {
            return 4 * UNIT;
        }

        @Override
        void apply(KernelArguments arguments, int thread, long start, int count) {
            gradient.apply(arguments.inputAddress(0) + 4 * start, arguments.inputAddress(1) + 4 * start,
                arguments.outputAddress(0) + 4 * start, count, arguments.scratchAddress(thread));
        }
    }

    private static final class OfAffine extends ByElement {

        private final float scale;
        private final float shift;

        OfAffine(float scale, float shift) {
            this.scale = scale;
            this.shift = shift;
        }

        @Override
        void apply(KernelArguments arguments, int thread, long start, int count) {
            Arithmetic.affine(arguments.inputAddress(0) + 4 * start, scale, shift, arguments.outputAddress(0) + 4 * start, count);
        }
    }

    /** b begins anew whenever it is used up. */
    private static final class OfArithmetic extends ByElement {

        private final Arithmetic arithmetic;

        OfArithmetic(Arithmetic arithmetic) {
            this.arithmetic = arithmetic;
        }

        @Override
        void apply(KernelArguments arguments, int thread, long start, int count) {
            long a = arguments.inputAddress(0) + 4 * start;
            long y = arguments.outputAddress(0) + 4 * start;
            long period = arguments.elements(1);
            if (period == 1) {
                arithmetic.applyScalar(a, Lanes.get(arguments.inputAddress(1)), y, count);
                return;
            }
            for (int done = 0; done < count;) {
                long within = (start + done) % period;
                int part = (int) Math.min(count - done, period - within);
                arithmetic.apply(a + 4L * done, arguments.inputAddress(1) + 4 * within, y + 4L * done, part);
                done += part;
            }
        }
    }

    /** One element of b for each row of a. */
    private static final class OfColumn extends Work {

        private final Arithmetic arithmetic;

        OfColumn(Arithmetic arithmetic) {
            this.arithmetic = arithmetic;
        }

        @Override
        int units(KernelArguments arguments) {
            return (int) arguments.elements(1);
        }

        @Override
        void compute(KernelArguments arguments, int thread, int from, int to) {
            int width = arguments.dim(0, arguments.rank(0) - 1);
            for (int row = from; row < to; row++) {
                long at = 4L * row * width;
                arithmetic.applyScalar(arguments.inputAddress(0) + at, Lanes.get(arguments.inputAddress(1) + 4L * row),
                    arguments.outputAddress(0) + at, width);
            }
        }
    }
}
