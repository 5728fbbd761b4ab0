package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Elementary functions by polynomials of our own: the same bits on every machine, interpreted or compiled, and no native library. Errors
 * are a few units in the last place, of {@code log} and {@code normal} about 1e-7.
 */
final class VectorMath {

    private static final float LOG2_E = 1.44269504f;
    private static final float LN2_HIGH = 0.693359375f;
    private static final float LN2_LOW = -2.12194440e-4f;
    /** Added to a float it leaves the nearest integer in the low bits. */
    private static final float ROUND = 12582912f;
    private static final float EXP_UNDERFLOW = -104f;
    private static final float DECAY_END = -87f;
    private static final float EXP_OVERFLOW = 88.73f;
    private static final float SQRT_HALF = 0.707106781f;
    private static final float TANH_POLYNOMIAL_BELOW = 0.625f;
    private static final float NORMAL_FIT = 6.5f;
    private static final int ONE_BITS = 0x3f800000;
    private static final int MANTISSA = 0x007fffff;
    private static final float SMALLEST_NORMAL = 0x1p-126f;

    private VectorMath() {
    }

    /** eˣ: 2ⁿ times a polynomial of what is left of x (Cephes). */
    static FloatVector exp(FloatVector x) {
        FloatVector rounded = x.fma(FloatVector.broadcast(FLOATS, LOG2_E), FloatVector.broadcast(FLOATS, ROUND));
        IntVector n = rounded.reinterpretAsInts().sub(Float.floatToRawIntBits(ROUND));
        FloatVector whole = rounded.sub(ROUND);
        FloatVector r = whole.fma(FloatVector.broadcast(FLOATS, -LN2_HIGH), x);
        r = whole.fma(FloatVector.broadcast(FLOATS, -LN2_LOW), r);
        FloatVector p = r.fma(FloatVector.broadcast(FLOATS, 1.9875691500e-4f), FloatVector.broadcast(FLOATS, 1.3981999507e-3f));
        p = p.fma(r, FloatVector.broadcast(FLOATS, 8.3334519073e-3f));
        p = p.fma(r, FloatVector.broadcast(FLOATS, 4.1665795894e-2f));
        p = p.fma(r, FloatVector.broadcast(FLOATS, 1.6666665459e-1f));
        p = p.fma(r, FloatVector.broadcast(FLOATS, 5.0000001201e-1f));
        p = p.fma(r.mul(r), r).add(1);
        // In two steps, so that results below the normal numbers come out right too.
        IntVector half = n.lanewise(VectorOperators.ASHR, 1);
        FloatVector y = p.mul(power(half)).mul(power(n.sub(half)));
        return y.blend(0, x.compare(VectorOperators.LT, EXP_UNDERFLOW))
            .blend(Float.POSITIVE_INFINITY, x.compare(VectorOperators.GT, EXP_OVERFLOW));
    }

    /** eˣ for x ≤ 0 (NaN stays), with zero for what is below the normal numbers: half the instructions of {@link #exp}. */
    static FloatVector decay(FloatVector exponent) {
        // Not max, which takes care of NaN and −0 in many instructions.
        VectorMask<Float> gone = exponent.compare(VectorOperators.LT, DECAY_END);
        FloatVector x = exponent.blend(DECAY_END, gone);
        FloatVector rounded = x.fma(FloatVector.broadcast(FLOATS, LOG2_E), FloatVector.broadcast(FLOATS, ROUND));
        FloatVector whole = rounded.sub(ROUND);
        FloatVector r = whole.fma(FloatVector.broadcast(FLOATS, -LN2_HIGH), x);
        r = whole.fma(FloatVector.broadcast(FLOATS, -LN2_LOW), r);
        FloatVector p = r.fma(FloatVector.broadcast(FLOATS, 1.9875691500e-4f), FloatVector.broadcast(FLOATS, 1.3981999507e-3f));
        p = p.fma(r, FloatVector.broadcast(FLOATS, 8.3334519073e-3f));
        p = p.fma(r, FloatVector.broadcast(FLOATS, 4.1665795894e-2f));
        p = p.fma(r, FloatVector.broadcast(FLOATS, 1.6666665459e-1f));
        p = p.fma(r, FloatVector.broadcast(FLOATS, 5.0000001201e-1f));
        p = p.fma(r.mul(r), r).add(1);
        // Adding to the exponent multiplies; what else the rounded number has in its bits is shifted out.
        FloatVector y = p.reinterpretAsInts().add(rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats();
        return y.blend(0, gone);
    }

    private static FloatVector power(IntVector n) {
        return n.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
    }

    /** ln x: the exponent, and a polynomial of the mantissa (Cephes). */
    static FloatVector log(FloatVector x) {
        VectorMask<Float> small = x.compare(VectorOperators.LT, SMALLEST_NORMAL);
        FloatVector normal = x.blend(x.mul(0x1p23f), small);
        IntVector bits = normal.reinterpretAsInts();
        FloatVector exponent = (FloatVector) bits.sub(ONE_BITS).lanewise(VectorOperators.ASHR, 23)
            .convertShape(VectorOperators.I2F, FLOATS, 0);
        exponent = exponent.blend(exponent.sub(23), small);
        FloatVector m = bits.and(MANTISSA).or(ONE_BITS).reinterpretAsFloats();
        VectorMask<Float> large = m.mul(0.5f).compare(VectorOperators.GT, SQRT_HALF);
        exponent = exponent.blend(exponent.add(1), large);
        m = m.blend(m.mul(0.5f), large).sub(1);
        FloatVector z = m.mul(m);
        FloatVector p = m.fma(FloatVector.broadcast(FLOATS, 7.0376836292e-2f), FloatVector.broadcast(FLOATS, -1.1514610310e-1f));
        p = p.fma(m, FloatVector.broadcast(FLOATS, 1.1676998740e-1f));
        p = p.fma(m, FloatVector.broadcast(FLOATS, -1.2420140846e-1f));
        p = p.fma(m, FloatVector.broadcast(FLOATS, 1.4249322787e-1f));
        p = p.fma(m, FloatVector.broadcast(FLOATS, -1.6668057665e-1f));
        p = p.fma(m, FloatVector.broadcast(FLOATS, 2.0000714765e-1f));
        p = p.fma(m, FloatVector.broadcast(FLOATS, -2.4999993993e-1f));
        p = p.fma(m, FloatVector.broadcast(FLOATS, 3.3333331174e-1f));
        FloatVector y = p.mul(m).mul(z);
        y = exponent.fma(FloatVector.broadcast(FLOATS, LN2_LOW), y).sub(z.mul(0.5f));
        y = exponent.fma(FloatVector.broadcast(FLOATS, LN2_HIGH), m.add(y));
        y = y.blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0f));
        VectorMask<Float> none = x.compare(VectorOperators.LT, 0f).or(x.compare(VectorOperators.NE, x));
        return y.blend(Float.POSITIVE_INFINITY, x.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY)).blend(Float.NaN, none);
    }

    /** A polynomial near zero (Cephes), 1 − 2/(e²ˣ + 1) elsewhere. */
    static FloatVector tanh(FloatVector x) {
        FloatVector a = x.abs();
        FloatVector z = x.mul(x);
        FloatVector p = z.fma(FloatVector.broadcast(FLOATS, -5.70498872745e-3f), FloatVector.broadcast(FLOATS, 2.06390887954e-2f));
        p = p.fma(z, FloatVector.broadcast(FLOATS, -5.37397155531e-2f));
        p = p.fma(z, FloatVector.broadcast(FLOATS, 1.33314422036e-1f));
        p = p.fma(z, FloatVector.broadcast(FLOATS, -3.33332819422e-1f));
        FloatVector near = p.mul(z).fma(x, x);
        FloatVector far = FloatVector.broadcast(FLOATS, 2).div(exp(a.add(a)).add(1)).neg().add(1);
        return signed(far, x).blend(near, a.compare(VectorOperators.LT, TANH_POLYNOMIAL_BELOW));
    }

    /** 1/(1 + e⁻ˣ). */
    static FloatVector sigmoid(FloatVector x) {
        return FloatVector.broadcast(FLOATS, 1).div(exp(x.neg()).add(1));
    }

    /**
     * Φ(x), by one polynomial: with t = |x|/√2, erfc(t) = exp(−t·P(t)) within 7e-8, P fitted to −ln erfc(t)/t up to 6.5 and held from there
     * on. Near zero erf itself would lose digits so, but not Φ. One formula, for C2 inlines no more than some forty operations here.
     */
    static FloatVector normal(FloatVector x) {
        FloatVector t = x.abs().mul(SQRT_HALF);
        FloatVector u = t.blend(NORMAL_FIT, t.compare(VectorOperators.GT, NORMAL_FIT));
        FloatVector p = u.fma(FloatVector.broadcast(FLOATS, 2.686439e-7f), FloatVector.broadcast(FLOATS, -7.1246327e-6f));
        p = p.fma(u, FloatVector.broadcast(FLOATS, 7.769391e-5f));
        p = p.fma(u, FloatVector.broadcast(FLOATS, -4.4012185e-4f));
        p = p.fma(u, FloatVector.broadcast(FLOATS, 1.220125e-3f));
        p = p.fma(u, FloatVector.broadcast(FLOATS, 4.0216453e-4f));
        p = p.fma(u, FloatVector.broadcast(FLOATS, -1.9543752e-2f));
        p = p.fma(u, FloatVector.broadcast(FLOATS, 0.10292041f));
        p = p.fma(u, FloatVector.broadcast(FLOATS, 0.6365955f));
        p = p.fma(u, FloatVector.broadcast(FLOATS, 1.1283804f));
        FloatVector half = decay(p.mul(t).neg()).mul(0.5f);
        return half.neg().add(1).blend(half, x.compare(VectorOperators.LT, 0f));
    }

    /** magnitude with the sign of x. */
    private static FloatVector signed(FloatVector magnitude, FloatVector x) {
        return magnitude.reinterpretAsInts().or(x.reinterpretAsInts().and(Integer.MIN_VALUE)).reinterpretAsFloats();
    }
}
