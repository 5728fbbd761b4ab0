package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Elementary functions by polynomials of our own: the same bits on every machine, interpreted or compiled, and no native library. Errors
 * are a few units in the last place, {@code log} and {@code erf} about 1e-7.
 */
final class VectorMath {

    private static final float LOG2_E = 1.44269504f;
    private static final float LN2_HIGH = 0.693359375f;
    private static final float LN2_LOW = -2.12194440e-4f;
    /** Added to a float it leaves the nearest integer in the low bits. */
    private static final float ROUND = 12582912f;
    private static final float EXP_UNDERFLOW = -104f;
    private static final float EXP_OVERFLOW = 88.73f;
    private static final float SQRT_HALF = 0.707106781f;
    private static final float TANH_POLYNOMIAL_BELOW = 0.625f;
    private static final float ERF_POLYNOMIAL_BELOW = 0.927734375f;
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

    /** erf: two polynomials, the outer one of the logarithm of its complement (after N. Juffa's single-precision erff). */
    static FloatVector erf(FloatVector x) {
        FloatVector t = x.abs();
        FloatVector s = x.mul(x);
        FloatVector r = t.fma(FloatVector.broadcast(FLOATS, -1.72853470e-5f), FloatVector.broadcast(FLOATS, 3.83197126e-4f));
        FloatVector u = t.fma(FloatVector.broadcast(FLOATS, -3.88396438e-3f), FloatVector.broadcast(FLOATS, 2.42546219e-2f));
        r = r.fma(s, u);
        r = r.fma(t, FloatVector.broadcast(FLOATS, -1.06777877e-1f));
        r = r.fma(t, FloatVector.broadcast(FLOATS, -6.34846687e-1f));
        r = r.fma(t, FloatVector.broadcast(FLOATS, -1.28717512e-1f));
        r = r.fma(t, t.neg());
        FloatVector far = signed(exp(r).neg().add(1), x);
        FloatVector p = s.fma(FloatVector.broadcast(FLOATS, -5.96761703e-4f), FloatVector.broadcast(FLOATS, 4.99119423e-3f));
        p = p.fma(s, FloatVector.broadcast(FLOATS, -2.67681349e-2f));
        p = p.fma(s, FloatVector.broadcast(FLOATS, 1.12819925e-1f));
        p = p.fma(s, FloatVector.broadcast(FLOATS, -3.76125336e-1f));
        p = p.fma(s, FloatVector.broadcast(FLOATS, 1.28379166e-1f));
        FloatVector near = p.fma(x, x);
        return far.blend(near, t.compare(VectorOperators.LT, ERF_POLYNOMIAL_BELOW));
    }

    /** Φ(x) = (1 + erf(x/√2))/2. */
    static FloatVector normal(FloatVector x) {
        return erf(x.mul(SQRT_HALF)).add(1).mul(0.5f);
    }

    /** magnitude with the sign of x. */
    private static FloatVector signed(FloatVector magnitude, FloatVector x) {
        return magnitude.reinterpretAsInts().or(x.reinterpretAsInts().and(Integer.MIN_VALUE)).reinterpretAsFloats();
    }
}
