package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Lanes.FLOATS;
import static dev.transom.kernels.vector.internal.Lanes.LENGTH;
import static dev.transom.kernels.vector.internal.Lanes.MEMORY;
import static dev.transom.kernels.vector.internal.Lanes.ORDER;

import java.util.Locale;
import jdk.incubator.vector.FloatVector;

/** Elementwise functions of one input, a loop each: a function handed over as an object would make the compiler box every vector. */
enum Function {
    EXP, LOG, SQRT, RSQRT, SQUARE, TANH, SIGMOID, SOFTPLUS, RELU, GELU, GELU_TANH, QUICK_GELU, SILU;

    static final float ROOT = (float) Math.sqrt(2 / Math.PI);
    static final float CUBIC = 0.044715f;
    private static final float QUICK = 1.702f;

    /** The function that an operation's name says, or null. */
    static Function of(String operation) {
        for (Function function : values()) {
            if (function.name().toLowerCase(Locale.ROOT).equals(operation)) {
                return function;
            }
        }
        return null;
    }

    /**
     * y = f(x) for {@code count} elements; y may be x. Whole vectors are written, so y needs room behind its last element.
     */
    void apply(long x, long y, int count) {
        int whole = count / LENGTH * LENGTH;
        run(x, y, whole);
        if (whole < count) {
            Columns.copy(x + 4L * whole, y + 4L * whole, count - whole);
            run(y + 4L * whole, y + 4L * whole, LENGTH);
        }
    }

    private void run(long x, long y, int count) {
        switch (this) {
            case EXP -> exp(x, y, count);
            case LOG -> log(x, y, count);
            case SQRT -> sqrt(x, y, count);
            case RSQRT -> rsqrt(x, y, count);
            case SQUARE -> square(x, y, count);
            case TANH -> tanh(x, y, count);
            case SIGMOID -> sigmoid(x, y, count);
            case SOFTPLUS -> softplus(x, y, count);
            case RELU -> relu(x, y, count);
            case GELU -> gelu(x, y, count);
            case GELU_TANH -> geluTanh(x, y, count);
            case QUICK_GELU -> quickGelu(x, y, count);
            case SILU -> silu(x, y, count);
        }
    }

    /** Twice the argument of gelu_tanh's tanh: (1 + tanh u)/2 is sigmoid(2u), which keeps its digits where tanh is near −1. */
    static FloatVector inner(FloatVector x) {
        return x.mul(x).mul(x).mul(CUBIC).add(x).mul(2 * ROOT);
    }

    private static void exp(long from, long to, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            FloatVector x = FloatVector.fromMemorySegment(FLOATS, MEMORY, from + 4L * i, ORDER);
            VectorMath.exp(x).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
        }
    }

    private static void log(long from, long to, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            FloatVector x = FloatVector.fromMemorySegment(FLOATS, MEMORY, from + 4L * i, ORDER);
            VectorMath.log(x).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
        }
    }

    private static void sqrt(long from, long to, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            FloatVector x = FloatVector.fromMemorySegment(FLOATS, MEMORY, from + 4L * i, ORDER);
            x.sqrt().intoMemorySegment(MEMORY, to + 4L * i, ORDER);
        }
    }

    private static void rsqrt(long from, long to, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            FloatVector x = FloatVector.fromMemorySegment(FLOATS, MEMORY, from + 4L * i, ORDER);
            FloatVector.broadcast(FLOATS, 1).div(x.sqrt()).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
        }
    }

    private static void square(long from, long to, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            FloatVector x = FloatVector.fromMemorySegment(FLOATS, MEMORY, from + 4L * i, ORDER);
            x.mul(x).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
        }
    }

    private static void tanh(long from, long to, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            FloatVector x = FloatVector.fromMemorySegment(FLOATS, MEMORY, from + 4L * i, ORDER);
            VectorMath.tanh(x).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
        }
    }

    private static void sigmoid(long from, long to, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            FloatVector x = FloatVector.fromMemorySegment(FLOATS, MEMORY, from + 4L * i, ORDER);
            VectorMath.sigmoid(x).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
        }
    }

    private static void softplus(long from, long to, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            FloatVector x = FloatVector.fromMemorySegment(FLOATS, MEMORY, from + 4L * i, ORDER);
            x.max(0).add(VectorMath.log(VectorMath.decay(x.abs().neg()).add(1))).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
        }
    }

    private static void relu(long from, long to, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            FloatVector x = FloatVector.fromMemorySegment(FLOATS, MEMORY, from + 4L * i, ORDER);
            x.max(0).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
        }
    }

    private static void gelu(long from, long to, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            FloatVector x = FloatVector.fromMemorySegment(FLOATS, MEMORY, from + 4L * i, ORDER);
            x.mul(VectorMath.normal(x)).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
        }
    }

    private static void geluTanh(long from, long to, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            FloatVector x = FloatVector.fromMemorySegment(FLOATS, MEMORY, from + 4L * i, ORDER);
            x.mul(VectorMath.sigmoid(inner(x))).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
        }
    }

    private static void quickGelu(long from, long to, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            FloatVector x = FloatVector.fromMemorySegment(FLOATS, MEMORY, from + 4L * i, ORDER);
            x.mul(VectorMath.sigmoid(x.mul(QUICK))).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
        }
    }

    private static void silu(long from, long to, int count) {
        for (int i = 0; i < count; i += LENGTH) {
            FloatVector x = FloatVector.fromMemorySegment(FLOATS, MEMORY, from + 4L * i, ORDER);
            x.mul(VectorMath.sigmoid(x)).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
        }
    }
}
