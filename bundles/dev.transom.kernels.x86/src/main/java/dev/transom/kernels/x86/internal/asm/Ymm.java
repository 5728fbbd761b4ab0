package dev.transom.kernels.x86.internal.asm;

/** Vector registers of 256 bits. */
public enum Ymm implements Operand {
    Y0, Y1, Y2, Y3, Y4, Y5, Y6, Y7, Y8, Y9, Y10, Y11, Y12, Y13, Y14, Y15;

    private static final Ymm[] ALL = values();

    public static Ymm of(int number) {
        return ALL[number];
    }

    /** The lower half. */
    public Xmm low() {
        return Xmm.of(ordinal());
    }

    @Override
    public int number() {
        return ordinal();
    }
}
