package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Lanes.FLOATS;
import static dev.transom.kernels.vector.internal.Lanes.LENGTH;
import static dev.transom.kernels.vector.internal.Lanes.MEMORY;
import static dev.transom.kernels.vector.internal.Lanes.ORDER;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Sums over one row of {@code n} elements, each in one order: lane l adds elements l, l + LENGTH, …, then {@link LaneSums#one}. And what
 * softmax does with a row.
 */
final class Row {

    private Row() {
    }

    /** Σ x. */
    static float sum(long x, int n) {
        FloatVector sums = FloatVector.zero(FLOATS);
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector v = FloatVector.fromMemorySegment(FLOATS, MEMORY, x + 4L * i, ORDER);
            sums = sums.add(v);
        }
        if (i < n) {
            VectorMask<Float> rest = FLOATS.indexInRange(i, n);
            FloatVector v = FloatVector.fromMemorySegment(FLOATS, MEMORY, x + 4L * i, ORDER, rest);
            sums = sums.add(v);
        }
        return LaneSums.one(sums);
    }

    /** Σ a·b. */
    static float dot(long a, long b, int n) {
        FloatVector sums = FloatVector.zero(FLOATS);
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector v = FloatVector.fromMemorySegment(FLOATS, MEMORY, a + 4L * i, ORDER);
            FloatVector w = FloatVector.fromMemorySegment(FLOATS, MEMORY, b + 4L * i, ORDER);
            sums = v.fma(w, sums);
        }
        if (i < n) {
            VectorMask<Float> rest = FLOATS.indexInRange(i, n);
            FloatVector v = FloatVector.fromMemorySegment(FLOATS, MEMORY, a + 4L * i, ORDER, rest);
            FloatVector w = FloatVector.fromMemorySegment(FLOATS, MEMORY, b + 4L * i, ORDER, rest);
            sums = v.fma(w, sums);
        }
        return LaneSums.one(sums);
    }

    /** Σ (x − mean)². */
    static float spread(long x, float mean, int n) {
        FloatVector sums = FloatVector.zero(FLOATS);
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector v = FloatVector.fromMemorySegment(FLOATS, MEMORY, x + 4L * i, ORDER);
            sums = v.sub(mean).fma(v.sub(mean), sums);
        }
        if (i < n) {
            VectorMask<Float> rest = FLOATS.indexInRange(i, n);
            FloatVector v = FloatVector.fromMemorySegment(FLOATS, MEMORY, x + 4L * i, ORDER, rest);
            sums = sums.blend(v.sub(mean).fma(v.sub(mean), sums), rest);
        }
        return LaneSums.one(sums);
    }

    /** Σ a·b·w. */
    static float weighted(long a, long b, long w, int n) {
        FloatVector sums = FloatVector.zero(FLOATS);
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector v = FloatVector.fromMemorySegment(FLOATS, MEMORY, a + 4L * i, ORDER);
            FloatVector u = FloatVector.fromMemorySegment(FLOATS, MEMORY, b + 4L * i, ORDER);
            FloatVector f = FloatVector.fromMemorySegment(FLOATS, MEMORY, w + 4L * i, ORDER);
            sums = v.mul(f).fma(u, sums);
        }
        if (i < n) {
            VectorMask<Float> rest = FLOATS.indexInRange(i, n);
            FloatVector v = FloatVector.fromMemorySegment(FLOATS, MEMORY, a + 4L * i, ORDER, rest);
            FloatVector u = FloatVector.fromMemorySegment(FLOATS, MEMORY, b + 4L * i, ORDER, rest);
            FloatVector f = FloatVector.fromMemorySegment(FLOATS, MEMORY, w + 4L * i, ORDER, rest);
            sums = v.mul(f).fma(u, sums);
        }
        return LaneSums.one(sums);
    }

    /** The largest element; NaN if there is one. */
    static float max(long x, int n) {
        FloatVector sums = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector v = FloatVector.fromMemorySegment(FLOATS, MEMORY, x + 4L * i, ORDER);
            sums = sums.max(v);
        }
        if (i < n) {
            VectorMask<Float> rest = FLOATS.indexInRange(i, n);
            FloatVector v = FloatVector.fromMemorySegment(FLOATS, MEMORY, x + 4L * i, ORDER, rest);
            sums = sums.blend(sums.max(v), rest);
        }
        return sums.reduceLanes(VectorOperators.MAX);
    }

    /** y = exp(x − shift), and Σ y. */
    static float exponentials(long x, float shift, long y, int n) {
        FloatVector sums = FloatVector.zero(FLOATS);
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector e = VectorMath.decay(FloatVector.fromMemorySegment(FLOATS, MEMORY, x + 4L * i, ORDER).sub(shift));
            e.intoMemorySegment(MEMORY, y + 4L * i, ORDER);
            sums = sums.add(e);
        }
        if (i < n) {
            VectorMask<Float> rest = FLOATS.indexInRange(i, n);
            FloatVector e = VectorMath.decay(FloatVector.fromMemorySegment(FLOATS, MEMORY, x + 4L * i, ORDER, rest).sub(shift));
            e.intoMemorySegment(MEMORY, y + 4L * i, ORDER, rest);
            sums = sums.blend(sums.add(e), rest);
        }
        return LaneSums.one(sums);
    }

    /** Σ exp(x − shift). */
    static float sumOfExponentials(long x, float shift, int n) {
        FloatVector sums = FloatVector.zero(FLOATS);
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            sums = sums.add(VectorMath.decay(FloatVector.fromMemorySegment(FLOATS, MEMORY, x + 4L * i, ORDER).sub(shift)));
        }
        if (i < n) {
            VectorMask<Float> rest = FLOATS.indexInRange(i, n);
            FloatVector e = VectorMath.decay(FloatVector.fromMemorySegment(FLOATS, MEMORY, x + 4L * i, ORDER, rest).sub(shift));
            sums = sums.blend(sums.add(e), rest);
        }
        return LaneSums.one(sums);
    }

    /** log Σ exp(x), without overflow. */
    static float logSumExp(long x, int n) {
        float max = max(x, n);
        return max + (float) Math.log(sumOfExponentials(x, max, n));
    }

    /** y = (x·factor)·w. */
    static void scaled(long x, float factor, long w, long y, int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector v = FloatVector.fromMemorySegment(FLOATS, MEMORY, x + 4L * i, ORDER);
            FloatVector f = FloatVector.fromMemorySegment(FLOATS, MEMORY, w + 4L * i, ORDER);
            v.mul(factor).mul(f).intoMemorySegment(MEMORY, y + 4L * i, ORDER);
        }
        if (i < n) {
            VectorMask<Float> rest = FLOATS.indexInRange(i, n);
            FloatVector v = FloatVector.fromMemorySegment(FLOATS, MEMORY, x + 4L * i, ORDER, rest);
            FloatVector f = FloatVector.fromMemorySegment(FLOATS, MEMORY, w + 4L * i, ORDER, rest);
            v.mul(factor).mul(f).intoMemorySegment(MEMORY, y + 4L * i, ORDER, rest);
        }
    }

    /** y = ((x − mean)·factor)·w + b. */
    static void normalized(long x, float mean, float factor, long w, long b, long y, int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector v = FloatVector.fromMemorySegment(FLOATS, MEMORY, x + 4L * i, ORDER);
            FloatVector f = FloatVector.fromMemorySegment(FLOATS, MEMORY, w + 4L * i, ORDER);
            FloatVector s = FloatVector.fromMemorySegment(FLOATS, MEMORY, b + 4L * i, ORDER);
            v.sub(mean).mul(factor).mul(f).add(s).intoMemorySegment(MEMORY, y + 4L * i, ORDER);
        }
        if (i < n) {
            VectorMask<Float> rest = FLOATS.indexInRange(i, n);
            FloatVector v = FloatVector.fromMemorySegment(FLOATS, MEMORY, x + 4L * i, ORDER, rest);
            FloatVector f = FloatVector.fromMemorySegment(FLOATS, MEMORY, w + 4L * i, ORDER, rest);
            FloatVector s = FloatVector.fromMemorySegment(FLOATS, MEMORY, b + 4L * i, ORDER, rest);
            v.sub(mean).mul(factor).mul(f).add(s).intoMemorySegment(MEMORY, y + 4L * i, ORDER, rest);
        }
    }

    /** y = (dy·w − (x·factor)·along)·factor. */
    static void rmsGradient(long x, long w, long dy, float factor, float along, long y, int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector v = FloatVector.fromMemorySegment(FLOATS, MEMORY, x + 4L * i, ORDER);
            FloatVector f = FloatVector.fromMemorySegment(FLOATS, MEMORY, w + 4L * i, ORDER);
            FloatVector d = FloatVector.fromMemorySegment(FLOATS, MEMORY, dy + 4L * i, ORDER);
            d.mul(f).sub(v.mul(factor).mul(along)).mul(factor).intoMemorySegment(MEMORY, y + 4L * i, ORDER);
        }
        if (i < n) {
            VectorMask<Float> rest = FLOATS.indexInRange(i, n);
            FloatVector v = FloatVector.fromMemorySegment(FLOATS, MEMORY, x + 4L * i, ORDER, rest);
            FloatVector f = FloatVector.fromMemorySegment(FLOATS, MEMORY, w + 4L * i, ORDER, rest);
            FloatVector d = FloatVector.fromMemorySegment(FLOATS, MEMORY, dy + 4L * i, ORDER, rest);
            d.mul(f).sub(v.mul(factor).mul(along)).mul(factor).intoMemorySegment(MEMORY, y + 4L * i, ORDER, rest);
        }
    }

    /** y = (dy·w − mean of it − z·along)·factor, z = (x − center)·factor. */
    static void layerGradient(long x, long w, long dy, float center, float factor, float mean, float along, long y, int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector v = FloatVector.fromMemorySegment(FLOATS, MEMORY, x + 4L * i, ORDER);
            FloatVector f = FloatVector.fromMemorySegment(FLOATS, MEMORY, w + 4L * i, ORDER);
            FloatVector d = FloatVector.fromMemorySegment(FLOATS, MEMORY, dy + 4L * i, ORDER);
            d.mul(f).sub(mean).sub(v.sub(center).mul(factor).mul(along)).mul(factor).intoMemorySegment(MEMORY, y + 4L * i, ORDER);
        }
        if (i < n) {
            VectorMask<Float> rest = FLOATS.indexInRange(i, n);
            FloatVector v = FloatVector.fromMemorySegment(FLOATS, MEMORY, x + 4L * i, ORDER, rest);
            FloatVector f = FloatVector.fromMemorySegment(FLOATS, MEMORY, w + 4L * i, ORDER, rest);
            FloatVector d = FloatVector.fromMemorySegment(FLOATS, MEMORY, dy + 4L * i, ORDER, rest);
            d.mul(f).sub(mean).sub(v.sub(center).mul(factor).mul(along)).mul(factor).intoMemorySegment(MEMORY, y + 4L * i, ORDER, rest);
        }
    }

    /** y += (x − center)·factor·dy. */
    static void addProduct(long x, float center, float factor, long dy, long y, int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector v = FloatVector.fromMemorySegment(FLOATS, MEMORY, x + 4L * i, ORDER);
            FloatVector d = FloatVector.fromMemorySegment(FLOATS, MEMORY, dy + 4L * i, ORDER);
            FloatVector t = FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 4L * i, ORDER);
            v.sub(center).mul(factor).fma(d, t).intoMemorySegment(MEMORY, y + 4L * i, ORDER);
        }
        if (i < n) {
            VectorMask<Float> rest = FLOATS.indexInRange(i, n);
            FloatVector v = FloatVector.fromMemorySegment(FLOATS, MEMORY, x + 4L * i, ORDER, rest);
            FloatVector d = FloatVector.fromMemorySegment(FLOATS, MEMORY, dy + 4L * i, ORDER, rest);
            FloatVector t = FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 4L * i, ORDER, rest);
            v.sub(center).mul(factor).fma(d, t).intoMemorySegment(MEMORY, y + 4L * i, ORDER, rest);
        }
    }

    /** y += x·factor. */
    static void addScaled(long x, float factor, long y, int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector v = FloatVector.fromMemorySegment(FLOATS, MEMORY, x + 4L * i, ORDER);
            FloatVector t = FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 4L * i, ORDER);
            v.fma(FloatVector.broadcast(FLOATS, factor), t).intoMemorySegment(MEMORY, y + 4L * i, ORDER);
        }
        if (i < n) {
            VectorMask<Float> rest = FLOATS.indexInRange(i, n);
            FloatVector v = FloatVector.fromMemorySegment(FLOATS, MEMORY, x + 4L * i, ORDER, rest);
            FloatVector t = FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 4L * i, ORDER, rest);
            v.fma(FloatVector.broadcast(FLOATS, factor), t).intoMemorySegment(MEMORY, y + 4L * i, ORDER, rest);
        }
    }

    /** y = (dy − x·along)·factor. */
    static void scaledDifference(long x, long dy, float along, float factor, long y, int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector v = FloatVector.fromMemorySegment(FLOATS, MEMORY, x + 4L * i, ORDER);
            FloatVector d = FloatVector.fromMemorySegment(FLOATS, MEMORY, dy + 4L * i, ORDER);
            d.sub(v.mul(along)).mul(factor).intoMemorySegment(MEMORY, y + 4L * i, ORDER);
        }
        if (i < n) {
            VectorMask<Float> rest = FLOATS.indexInRange(i, n);
            FloatVector v = FloatVector.fromMemorySegment(FLOATS, MEMORY, x + 4L * i, ORDER, rest);
            FloatVector d = FloatVector.fromMemorySegment(FLOATS, MEMORY, dy + 4L * i, ORDER, rest);
            d.sub(v.mul(along)).mul(factor).intoMemorySegment(MEMORY, y + 4L * i, ORDER, rest);
        }
    }

    /** Σ dy·w·(x − center). */
    static float centered(long x, float center, long w, long dy, int n) {
        FloatVector sums = FloatVector.zero(FLOATS);
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector v = FloatVector.fromMemorySegment(FLOATS, MEMORY, x + 4L * i, ORDER);
            FloatVector f = FloatVector.fromMemorySegment(FLOATS, MEMORY, w + 4L * i, ORDER);
            FloatVector d = FloatVector.fromMemorySegment(FLOATS, MEMORY, dy + 4L * i, ORDER);
            sums = v.sub(center).fma(d.mul(f), sums);
        }
        if (i < n) {
            VectorMask<Float> rest = FLOATS.indexInRange(i, n);
            FloatVector v = FloatVector.fromMemorySegment(FLOATS, MEMORY, x + 4L * i, ORDER, rest);
            FloatVector f = FloatVector.fromMemorySegment(FLOATS, MEMORY, w + 4L * i, ORDER, rest);
            FloatVector d = FloatVector.fromMemorySegment(FLOATS, MEMORY, dy + 4L * i, ORDER, rest);
            sums = v.sub(center).fma(d.mul(f), sums);
        }
        return LaneSums.one(sums);
    }
}
