package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Lanes.FLOATS;
import static dev.transom.kernels.vector.internal.Lanes.LENGTH;
import static dev.transom.kernels.vector.internal.Lanes.MEMORY;
import static dev.transom.kernels.vector.internal.Lanes.ORDER;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** What the gradient of attention does with the keys that one query sees: {@code n} elements, one beside the other. */
final class GradientScores {

    private static final FloatVector COUNT = FloatVector.broadcast(FLOATS, 0).addIndex(1);

    private GradientScores() {
    }

    /** y = softmax(y). */
    static void softmax(long y, int n) {
        float sum = Row.exponentials(y, Row.max(y, n), y, n);
        Arithmetic.affine(y, 1 / sum, 0, y, n);
    }

    /** y = scale·y, or with a cap softcap·tanh(scale·y/softcap), whose derivative goes to {@code slopes}. */
    static void capped(long y, float scale, float softcap, long slopes, int n) {
        if (softcap <= 0) {
            Arithmetic.affine(y, scale, 0, y, n);
            return;
        }
        for (int i = 0; i < n; i += LENGTH) {
            VectorMask<Float> rest = FLOATS.indexInRange(i, n);
            FloatVector x = FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 4L * i, ORDER, rest).mul(scale);
            FloatVector t = VectorMath.tanh(x.div(softcap));
            t.mul(softcap).intoMemorySegment(MEMORY, y + 4L * i, ORDER, rest);
            t.mul(t).neg().add(1).intoMemorySegment(MEMORY, slopes + 4L * i, ORDER, rest);
        }
    }

    /** y −= slope·|j − position|, where j counts from zero. */
    static void distant(long y, float slope, int position, int n) {
        for (int i = 0; i < n; i += LENGTH) {
            VectorMask<Float> rest = FLOATS.indexInRange(i, n);
            FloatVector x = FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 4L * i, ORDER, rest);
            x.sub(COUNT.add(i - position).abs().mul(slope)).intoMemorySegment(MEMORY, y + 4L * i, ORDER, rest);
        }
    }

    /** y = p·(y − mean)·scale. */
    static void gradient(long p, float mean, float scale, long y, int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector w = FloatVector.fromMemorySegment(FLOATS, MEMORY, p + 4L * i, ORDER);
            FloatVector d = FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 4L * i, ORDER);
            d.sub(mean).mul(w).mul(scale).intoMemorySegment(MEMORY, y + 4L * i, ORDER);
        }
        if (i < n) {
            VectorMask<Float> rest = FLOATS.indexInRange(i, n);
            FloatVector w = FloatVector.fromMemorySegment(FLOATS, MEMORY, p + 4L * i, ORDER, rest);
            FloatVector d = FloatVector.fromMemorySegment(FLOATS, MEMORY, y + 4L * i, ORDER, rest);
            d.sub(mean).mul(w).mul(scale).intoMemorySegment(MEMORY, y + 4L * i, ORDER, rest);
        }
    }
}
