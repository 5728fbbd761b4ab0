package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Lanes.FLOATS;
import static dev.transom.kernels.vector.internal.Lanes.LENGTH;
import static dev.transom.kernels.vector.internal.Lanes.MEMORY;
import static dev.transom.kernels.vector.internal.Lanes.ORDER;

import java.util.Locale;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Gradients dx = f'(x)·dy of the functions that have one of their own. */
enum FunctionGradient {
    RELU, GELU, GELU_TANH, QUICK_GELU, SILU;

    private static final float ROOT = (float) Math.sqrt(2 / Math.PI);
    private static final float CUBIC = 3 * 0.044715f;
    private static final float QUICK = 1.702f;
    private static final float DENSITY = (float) (1 / Math.sqrt(2 * Math.PI));

    /** The gradient that an operation's name says, or null. */
    static FunctionGradient of(String operation) {
        for (FunctionGradient gradient : values()) {
            if ((gradient.name().toLowerCase(Locale.ROOT) + "_backward").equals(operation)) {
                return gradient;
            }
        }
        return null;
    }

    /**
     * dx for {@code count} elements. Whole vectors are read and written, so dy and dx need room behind their last elements;
     * spare has room for as many.
     */
    void apply(long x, long dy, long dx, int count, long spare) {
        int whole = count / LENGTH * LENGTH;
        run(x, dy, dx, whole, spare);
        if (whole < count) {
            Columns.copy(x + 4L * whole, dx + 4L * whole, count - whole);
            run(dx + 4L * whole, dy + 4L * whole, dx + 4L * whole, LENGTH, spare);
        }
    }

    private void run(long x, long dy, long dx, int count, long spare) {
        switch (this) {
            case RELU -> relu(x, dy, dx, count);
            case GELU -> {
                weightedDensity(x, spare, count);
                gelu(x, dy, dx, count, spare);
            }
            case GELU_TANH -> {
                innerSigmoid(x, spare, count);
                geluTanh(x, dy, dx, count, spare);
            }
            case QUICK_GELU -> quickGelu(x, dy, dx, count);
            case SILU -> silu(x, dy, dx, count);
        }
    }

    /** s + z·s·(1 − s), s the sigmoid of z. */
    private static FloatVector slope(FloatVector z, FloatVector s) {
        return z.mul(s).mul(s.neg().add(1)).add(s);
    }

    /** s + x·s·(1 − s)·2·√(2/π)·(1 + 3·0.044715·x²), s the sigmoid that {@link Function#inner} is the argument of. */
    private static FloatVector geluTanhSlope(FloatVector x, FloatVector s) {
        FloatVector inner = x.mul(x).mul(CUBIC).add(1).mul(2 * ROOT);
        return x.mul(s).mul(s.neg().add(1)).mul(inner).add(s);
    }

    private static void relu(long from, long gradient, long to, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            FloatVector x = FloatVector.fromMemorySegment(FLOATS, MEMORY, from + 4L * i, ORDER);
            FloatVector dy = FloatVector.fromMemorySegment(FLOATS, MEMORY, gradient + 4L * i, ORDER);
            FloatVector.zero(FLOATS).blend(dy, x.compare(VectorOperators.GT, 0f)).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
        }
    }

    /** x·φ(x), in a loop of its own: with Φ it would be more than C2 inlines. */
    private static void weightedDensity(long from, long to, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            FloatVector x = FloatVector.fromMemorySegment(FLOATS, MEMORY, from + 4L * i, ORDER);
            VectorMath.decay(x.mul(x).mul(-0.5f)).mul(DENSITY).mul(x).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
        }
    }

    private static void gelu(long from, long gradient, long to, int count, long weightedDensity) {
        for (int i = 0; i < count; i += LENGTH) {
            FloatVector x = FloatVector.fromMemorySegment(FLOATS, MEMORY, from + 4L * i, ORDER);
            VectorMath.normal(x).add(FloatVector.fromMemorySegment(FLOATS, MEMORY, weightedDensity + 4L * i, ORDER))
                .mul(FloatVector.fromMemorySegment(FLOATS, MEMORY, gradient + 4L * i, ORDER))
                .intoMemorySegment(MEMORY, to + 4L * i, ORDER);
        }
    }

    /** The sigmoid of gelu_tanh, in a loop of its own like {@link #weightedDensity}. */
    private static void innerSigmoid(long from, long to, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            FloatVector x = FloatVector.fromMemorySegment(FLOATS, MEMORY, from + 4L * i, ORDER);
            VectorMath.sigmoid(Function.inner(x)).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
        }
    }

    private static void geluTanh(long from, long gradient, long to, int count, long sigmoid) {
        for (int i = 0; i < count; i += LENGTH) {
            FloatVector x = FloatVector.fromMemorySegment(FLOATS, MEMORY, from + 4L * i, ORDER);
            FloatVector dy = FloatVector.fromMemorySegment(FLOATS, MEMORY, gradient + 4L * i, ORDER);
            FloatVector s = FloatVector.fromMemorySegment(FLOATS, MEMORY, sigmoid + 4L * i, ORDER);
            geluTanhSlope(x, s).mul(dy).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
        }
    }

    private static void quickGelu(long from, long gradient, long to, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            FloatVector x = FloatVector.fromMemorySegment(FLOATS, MEMORY, from + 4L * i, ORDER);
            FloatVector dy = FloatVector.fromMemorySegment(FLOATS, MEMORY, gradient + 4L * i, ORDER);
            slope(x.mul(QUICK), VectorMath.sigmoid(x.mul(QUICK))).mul(dy).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
        }
    }

    private static void silu(long from, long gradient, long to, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            FloatVector x = FloatVector.fromMemorySegment(FLOATS, MEMORY, from + 4L * i, ORDER);
            FloatVector dy = FloatVector.fromMemorySegment(FLOATS, MEMORY, gradient + 4L * i, ORDER);
            slope(x, VectorMath.sigmoid(x)).mul(dy).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
        }
    }
}
