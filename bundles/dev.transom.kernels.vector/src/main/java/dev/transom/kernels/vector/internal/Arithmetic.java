package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Lanes.FLOATS;
import static dev.transom.kernels.vector.internal.Lanes.LENGTH;
import static dev.transom.kernels.vector.internal.Lanes.MEMORY;
import static dev.transom.kernels.vector.internal.Lanes.ORDER;

import java.util.Locale;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** Arithmetic of two inputs, a loop each. */
enum Arithmetic {
    ADD, SUB, MUL, DIV;

    /** The arithmetic that an operation's name says, or null. */
    static Arithmetic of(String operation) {
        for (Arithmetic arithmetic : values()) {
            if (arithmetic.name().toLowerCase(Locale.ROOT).equals(operation)) {
                return arithmetic;
            }
        }
        return null;
    }

    /** y = a ∘ b for {@code count} elements. */
    void apply(long a, long b, long y, int count) {
        switch (this) {
            case ADD -> add(a, b, y, count);
            case SUB -> sub(a, b, y, count);
            case MUL -> mul(a, b, y, count);
            case DIV -> div(a, b, y, count);
        }
    }

    /** y = a ∘ b for {@code count} elements and one b. */
    void applyScalar(long a, float b, long y, int count) {
        switch (this) {
            case ADD -> affine(a, 1, b, y, count);
            case SUB -> affine(a, 1, -b, y, count);
            case MUL -> affine(a, b, 0, y, count);
            case DIV -> divide(a, b, y, count);
        }
    }

    private static void add(long left, long right, long to, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            FloatVector a = FloatVector.fromMemorySegment(FLOATS, MEMORY, left + 4L * i, ORDER);
            FloatVector b = FloatVector.fromMemorySegment(FLOATS, MEMORY, right + 4L * i, ORDER);
            a.add(b).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
        }
        if (i < count) {
            VectorMask<Float> rest = FLOATS.indexInRange(i, count);
            FloatVector a = FloatVector.fromMemorySegment(FLOATS, MEMORY, left + 4L * i, ORDER, rest);
            FloatVector b = FloatVector.fromMemorySegment(FLOATS, MEMORY, right + 4L * i, ORDER, rest);
            a.add(b).intoMemorySegment(MEMORY, to + 4L * i, ORDER, rest);
        }
    }

    private static void sub(long left, long right, long to, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            FloatVector a = FloatVector.fromMemorySegment(FLOATS, MEMORY, left + 4L * i, ORDER);
            FloatVector b = FloatVector.fromMemorySegment(FLOATS, MEMORY, right + 4L * i, ORDER);
            a.sub(b).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
        }
        if (i < count) {
            VectorMask<Float> rest = FLOATS.indexInRange(i, count);
            FloatVector a = FloatVector.fromMemorySegment(FLOATS, MEMORY, left + 4L * i, ORDER, rest);
            FloatVector b = FloatVector.fromMemorySegment(FLOATS, MEMORY, right + 4L * i, ORDER, rest);
            a.sub(b).intoMemorySegment(MEMORY, to + 4L * i, ORDER, rest);
        }
    }

    private static void mul(long left, long right, long to, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            FloatVector a = FloatVector.fromMemorySegment(FLOATS, MEMORY, left + 4L * i, ORDER);
            FloatVector b = FloatVector.fromMemorySegment(FLOATS, MEMORY, right + 4L * i, ORDER);
            a.mul(b).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
        }
        if (i < count) {
            VectorMask<Float> rest = FLOATS.indexInRange(i, count);
            FloatVector a = FloatVector.fromMemorySegment(FLOATS, MEMORY, left + 4L * i, ORDER, rest);
            FloatVector b = FloatVector.fromMemorySegment(FLOATS, MEMORY, right + 4L * i, ORDER, rest);
            a.mul(b).intoMemorySegment(MEMORY, to + 4L * i, ORDER, rest);
        }
    }

    private static void div(long left, long right, long to, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            FloatVector a = FloatVector.fromMemorySegment(FLOATS, MEMORY, left + 4L * i, ORDER);
            FloatVector b = FloatVector.fromMemorySegment(FLOATS, MEMORY, right + 4L * i, ORDER);
            a.div(b).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
        }
        if (i < count) {
            VectorMask<Float> rest = FLOATS.indexInRange(i, count);
            FloatVector a = FloatVector.fromMemorySegment(FLOATS, MEMORY, left + 4L * i, ORDER, rest);
            FloatVector b = FloatVector.fromMemorySegment(FLOATS, MEMORY, right + 4L * i, ORDER, rest);
            a.div(b).intoMemorySegment(MEMORY, to + 4L * i, ORDER, rest);
        }
    }

    /** y = scale·x + shift, one rounding after the other. */
    static void affine(long from, float scale, float shift, long to, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            FloatVector.fromMemorySegment(FLOATS, MEMORY, from + 4L * i, ORDER).mul(scale).add(shift)
                .intoMemorySegment(MEMORY, to + 4L * i, ORDER);
        }
        if (i < count) {
            VectorMask<Float> rest = FLOATS.indexInRange(i, count);
            FloatVector.fromMemorySegment(FLOATS, MEMORY, from + 4L * i, ORDER, rest).mul(scale).add(shift)
                .intoMemorySegment(MEMORY, to + 4L * i, ORDER, rest);
        }
    }

    private static void divide(long from, float divisor, long to, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            FloatVector.fromMemorySegment(FLOATS, MEMORY, from + 4L * i, ORDER).div(divisor)
                .intoMemorySegment(MEMORY, to + 4L * i, ORDER);
        }
        if (i < count) {
            VectorMask<Float> rest = FLOATS.indexInRange(i, count);
            FloatVector.fromMemorySegment(FLOATS, MEMORY, from + 4L * i, ORDER, rest).div(divisor)
                .intoMemorySegment(MEMORY, to + 4L * i, ORDER, rest);
        }
    }

    /** y = value for {@code count} elements. */
    static void fill(long to, float value, int count) {
        int i = 0;
        for (; i <= count - LENGTH; i += LENGTH) {
            FloatVector.broadcast(FLOATS, value).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
        }
        for (; i < count; i++) {
            Lanes.set(to + 4L * i, value);
        }
    }
}
