package dev.transom.kernels.x86.internal.asm;

/** Vector registers of 128 bits: the lower halves of {@link Ymm}. Writing one clears the upper half. */
public enum Xmm implements Operand {
    X0, X1, X2, X3, X4, X5, X6, X7, X8, X9, X10, X11, X12, X13, X14, X15;

    private static final Xmm[] ALL = values();

    public static Xmm of(int number) {
        return ALL[number];
    }

    @Override
    public int number() {
        return ordinal();
    }
}
