package dev.transom.kernels.x86.internal.asm;

/**
 * Memory at {@code base + index · scale + displacement}, or at a label of the code.
 *
 * @param base         a register, null with a label
 * @param index        a register other than RSP, or null
 * @param scale        1, 2, 4 or 8
 * @param displacement bytes
 * @param label        a place in the code, or null
 */
public record Memory(Gpr base, Gpr index, int scale, int displacement, Label label) implements Operand {

    public Memory {
        if (index == Gpr.RSP || Integer.bitCount(scale) != 1 || scale > 8 || (base == null) == (label == null)) {
            throw new IllegalArgumentException("memory is [base + index·(1, 2, 4 or 8) + displacement], "
                + "the index not RSP; got base "
                + base + ", index " + index + ", scale " + scale);
        }
    }

    public static Memory at(Gpr base) {
        return at(base, 0);
    }

    public static Memory at(Gpr base, int displacement) {
        return new Memory(base, null, 1, displacement, null);
    }

    public static Memory at(Gpr base, Gpr index, int scale) {
        return at(base, index, scale, 0);
    }

    public static Memory at(Gpr base, Gpr index, int scale, int displacement) {
        return new Memory(base, index, scale, displacement, null);
    }

    /** Constants that stand in the code. */
    public static Memory at(Label label) {
        return new Memory(null, null, 1, 0, label);
    }

    @Override
    public int number() {
        return base == null ? 5 : base.number();
    }
}
