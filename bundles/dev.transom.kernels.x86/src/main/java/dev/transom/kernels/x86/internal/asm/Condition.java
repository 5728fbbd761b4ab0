package dev.transom.kernels.x86.internal.asm;

/** Conditions of a jump after a comparison or arithmetic. */
public enum Condition {
    BELOW(2), NOT_BELOW(3), ZERO(4), NOT_ZERO(5), SIGN(8), LESS(12), NOT_LESS(13), NOT_GREATER(14), GREATER(15);

    final int code;

    Condition(int code) {
        this.code = code;
    }
}
