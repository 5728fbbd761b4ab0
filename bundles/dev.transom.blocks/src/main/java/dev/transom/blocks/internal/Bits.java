package dev.transom.blocks.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Little-endian numbers within bytes, and the small floats that blocks hold as scales. */
final class Bits {

    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Bits() {
    }

    static int u8(byte[] from, int at) {
        return from[at] & 0xff;
    }

    static int u16(byte[] from, int at) {
        return (short) SHORTS.get(from, at) & 0xffff;
    }

    static int i32(byte[] from, int at) {
        return (int) INTS.get(from, at);
    }

    static void i32(byte[] to, int at, int value) {
        INTS.set(to, at, value);
    }

    static float f16(byte[] from, int at) {
        return Float.float16ToFloat((short) SHORTS.get(from, at));
    }

    /** Writes a half, rounded to nearest even, and gives back what it reads as. */
    static float f16(byte[] to, int at, float value) {
        short half = Float.floatToFloat16(value);
        SHORTS.set(to, at, half);
        return Float.float16ToFloat(half);
    }

    /** Half of 2^(exponent − 127): the scale of MXFP4, whose values are counted in halves. */
    static float e8m0Half(int exponent) {
        return Float.intBitsToFloat(exponent < 2 ? 0x00200000 << exponent : exponent - 1 << 23);
    }

    /** Half of an unsigned float with four bits of exponent and three of fraction: the scale of NVFP4. */
    static float ue4m3Half(int bits) {
        if (bits == 0 || bits == 0x7f) {
            return 0;
        }
        int exponent = bits >> 3 & 0xf;
        int fraction = bits & 7;
        float value = exponent == 0 ? fraction * 0x1p-9f : Math.scalb(1 + fraction / 8f, exponent - 7);
        return value * 0.5f;
    }
}
