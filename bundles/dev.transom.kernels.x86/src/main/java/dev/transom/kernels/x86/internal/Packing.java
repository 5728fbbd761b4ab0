package dev.transom.kernels.x86.internal;

import static dev.transom.kernels.x86.internal.asm.Gpr.R8;
import static dev.transom.kernels.x86.internal.asm.Gpr.R9;
import static dev.transom.kernels.x86.internal.asm.Gpr.RAX;
import static dev.transom.kernels.x86.internal.asm.Gpr.RCX;
import static dev.transom.kernels.x86.internal.asm.Gpr.RDI;
import static dev.transom.kernels.x86.internal.asm.Gpr.RDX;
import static dev.transom.kernels.x86.internal.asm.Gpr.RSI;
import static dev.transom.kernels.x86.internal.asm.Memory.at;
import static dev.transom.kernels.x86.internal.asm.Vex.VMOVUPS_STORE;
import static dev.transom.kernels.x86.internal.asm.Ymm.Y0;

import dev.transom.kernels.x86.internal.asm.Assembler;
import dev.transom.kernels.x86.internal.asm.Condition;
import dev.transom.kernels.x86.internal.asm.Label;

/**
 * Copies a matrix as floats {@code [step][8]}, eight at a time: rows turned into columns, or rows as they are. A step may be
 * written closer to the one before than eight floats; it is written later.
 */
enum Packing {
    /** From eight rows of any length: step i holds element i of each. */
    TURNED,
    /** From rows of eight elements: step i is row i. */
    STRAIGHT;

    /** Elements that are read at a time in both directions. */
    static final int EIGHT = 8;
    /** Scratch for what does not come in eights. */
    static final long SPARE = 64 * Float.BYTES;

    private static final class Turned {
        private static final MachineCode F32 = turned(Storage.F32);
        private static final MachineCode F16 = turned(Storage.F16);
        private static final MachineCode BF16 = turned(Storage.BF16);
    }

    private static final class Straight {
        private static final MachineCode F32 = straight(Storage.F32);
        private static final MachineCode F16 = straight(Storage.F16);
        private static final MachineCode BF16 = straight(Storage.BF16);
    }

    private MachineCode code(Storage storage) {
        return switch (storage) {
            case F32 -> this == TURNED ? Turned.F32 : Straight.F32;
            case F16 -> this == TURNED ? Turned.F16 : Straight.F16;
            case BF16 -> this == TURNED ? Turned.BF16 : Straight.BF16;
        };
    }

    /**
     * @param from   the first element
     * @param stride bytes from one row to the next
     * @param wide   rows (turned) or elements of a row (straight) that are there, at most 8; the others are written as zeros
     * @param there  steps that are there
     * @param steps  steps to write, a multiple of 8; those not there as zeros
     * @param to     where step 0 goes
     * @param next   bytes from one written step to the next
     * @param spare  scratch of {@link #SPARE} bytes
     */
    void pack(Storage storage, long from, long stride, int wide, int there, int steps, long to, long next, long spare) {
        int whole = wide == EIGHT ? there / EIGHT * EIGHT : 0;
        if (whole > 0) {
            code(storage).call(from, stride, whole, to, next, 0);
        }
        for (int step = whole; step < steps; step += EIGHT) {
            int real = Math.min(EIGHT, there - step);
            long first = this == TURNED ? from + (long) step * storage.bytes() : from + step * stride;
            edge(storage, first, stride, this == TURNED ? wide : real, this == TURNED ? real : wide, spare);
            code(storage).call(spare, (long) EIGHT * storage.bytes(), EIGHT, to + step * next, next, 0);
        }
    }

    /** Copies what is there into a square of eight by eight elements of zeros. */
    private static void edge(Storage storage, long from, long stride, int rows, int elements, long square) {
        Ram.zero(square, (long) EIGHT * EIGHT * storage.bytes());
        for (int row = 0; row < rows && elements > 0; row++) {
            Ram.copy(from + row * stride, square + (long) row * EIGHT * storage.bytes(), (long) elements * storage.bytes());
        }
    }

    /** RDI from, RSI stride, RDX steps, RCX to, R8 bytes between written steps. */
    private static MachineCode turned(Storage storage) {
        Assembler a = new Assembler();
        a.lea(RAX, at(RSI, RSI, 2));
        a.lea(R9, at(RDI, RSI, 4));
        a.align(32);
        Label loop = a.here();
        new Octet(storage, RDI, R9, RSI, RAX).columns(a, 0, 0, (column, _) -> {
            a.v(VMOVUPS_STORE, column, at(RCX));
            a.add(RCX, R8);
        });
        a.add(RDI, EIGHT * storage.bytes());
        a.add(R9, EIGHT * storage.bytes());
        a.sub(RDX, EIGHT);
        a.jump(Condition.NOT_ZERO, loop);
        a.vzeroupper();
        a.ret();
        return MachineCode.of(a);
    }

    /** RDI from, RSI stride, RDX steps, RCX to, R8 bytes between written steps. */
    private static MachineCode straight(Storage storage) {
        Assembler a = new Assembler();
        a.align(32);
        Label loop = a.here();
        for (int step = 0; step < EIGHT; step++) {
            Octet.read(a, storage, Y0, at(RDI));
            a.add(RDI, RSI);
            a.v(VMOVUPS_STORE, Y0, at(RCX));
            a.add(RCX, R8);
        }
        a.sub(RDX, EIGHT);
        a.jump(Condition.NOT_ZERO, loop);
        a.vzeroupper();
        a.ret();
        return MachineCode.of(a);
    }
}
