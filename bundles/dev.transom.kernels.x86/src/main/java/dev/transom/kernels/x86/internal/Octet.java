package dev.transom.kernels.x86.internal;

import static dev.transom.kernels.x86.internal.asm.Memory.at;
import static dev.transom.kernels.x86.internal.asm.Vex.VCVTPH2PS;
import static dev.transom.kernels.x86.internal.asm.Vex.VEXTRACTI128;
import static dev.transom.kernels.x86.internal.asm.Vex.VINSERTF128;
import static dev.transom.kernels.x86.internal.asm.Vex.VMOVUPS;
import static dev.transom.kernels.x86.internal.asm.Vex.VPERMQ;
import static dev.transom.kernels.x86.internal.asm.Vex.VPMOVZXWD;
import static dev.transom.kernels.x86.internal.asm.Vex.VPUNPCKHDQ;
import static dev.transom.kernels.x86.internal.asm.Vex.VPUNPCKHWD;
import static dev.transom.kernels.x86.internal.asm.Vex.VPUNPCKLDQ;
import static dev.transom.kernels.x86.internal.asm.Vex.VPUNPCKLWD;
import static dev.transom.kernels.x86.internal.asm.Vex.VPXOR;
import static dev.transom.kernels.x86.internal.asm.Vex.VSHUFPS;
import static dev.transom.kernels.x86.internal.asm.Vex.VUNPCKHPS;
import static dev.transom.kernels.x86.internal.asm.Vex.VUNPCKLPS;

import dev.transom.kernels.x86.internal.asm.Assembler;
import dev.transom.kernels.x86.internal.asm.Gpr;
import dev.transom.kernels.x86.internal.asm.Memory;
import dev.transom.kernels.x86.internal.asm.VexShift;
import dev.transom.kernels.x86.internal.asm.Ymm;
import java.util.List;
import java.util.function.ObjIntConsumer;

/**
 * Emits the reading of eight rows by eight elements as columns: vector j holds element j of each row as a float. Rows i and
 * i + 4 share a register from the start, so nothing has to cross its halves later.
 *
 * @param storage how elements are stored
 * @param low     where row 0 begins
 * @param high    where row 4 begins
 * @param stride  bytes from one row to the next
 * @param stride3 three times that
 */
record Octet(Storage storage, Gpr low, Gpr high, Gpr stride, Gpr stride3) {

    /** Registers that the reading uses up; the others keep what they hold. */
    static final int REGISTERS = 9;

    /**
     * Emits the columns one by one; each may be used until the next is asked for.
     *
     * @param free   the first of {@link #REGISTERS} registers to use
     * @param offset bytes added to every address
     * @param column uses the vector of one column
     */
    void columns(Assembler a, int free, int offset, ObjIntConsumer<Ymm> column) {
        Ymm[] y = new Ymm[REGISTERS];
        for (int i = 0; i < REGISTERS; i++) {
            y[i] = Ymm.of(free + i);
        }
        if (storage == Storage.F32) {
            square(a, y, offset, 0, column);
            square(a, y, offset + 16, 4, column);
        } else {
            halves(a, y, offset, column);
        }
    }

    /** Four elements of each row. */
    private void square(Assembler a, Ymm[] y, int offset, int first, ObjIntConsumer<Ymm> column) {
        load(a, y, offset);
        for (int i = 0; i < 2; i++) {
            a.v(VUNPCKLPS, y[4 + i], y[2 * i], y[2 * i + 1]);
            a.v(VUNPCKHPS, y[6 + i], y[2 * i], y[2 * i + 1]);
        }
        for (int i = 0; i < 4; i++) {
            Ymm left = y[i < 2 ? 4 : 6];
            Ymm right = y[i < 2 ? 5 : 7];
            a.v(VSHUFPS, y[i], left, right, i % 2 == 0 ? 0x44 : 0xee);
            column.accept(y[i], first + i);
        }
    }

    /** Words are exchanged first, then widened. */
    private void halves(Assembler a, Ymm[] y, int offset, ObjIntConsumer<Ymm> column) {
        load(a, y, offset);
        for (int i = 0; i < 2; i++) {
            a.v(VPUNPCKLWD, y[4 + i], y[2 * i], y[2 * i + 1]);
            a.v(VPUNPCKHWD, y[6 + i], y[2 * i], y[2 * i + 1]);
        }
        a.v(VPUNPCKLDQ, y[0], y[4], y[5]);
        a.v(VPUNPCKHDQ, y[1], y[4], y[5]);
        a.v(VPUNPCKLDQ, y[2], y[6], y[7]);
        a.v(VPUNPCKHDQ, y[3], y[6], y[7]);
        if (storage == Storage.BF16) {
            a.v(VPXOR, y[8], y[8], y[8]);
        }
        for (int i = 0; i < 4; i++) {
            if (storage == Storage.BF16) {
                a.v(VPUNPCKLWD, y[4], y[8], y[i]);
                column.accept(y[4], 2 * i);
                a.v(VPUNPCKHWD, y[5], y[8], y[i]);
                column.accept(y[5], 2 * i + 1);
            } else {
                a.v(VPERMQ, y[4], y[i], 0xd8);
                a.v(VEXTRACTI128, y[4], y[5].low(), 1);
                a.v(VCVTPH2PS, y[4], y[4].low());
                column.accept(y[4], 2 * i);
                a.v(VCVTPH2PS, y[5], y[5].low());
                column.accept(y[5], 2 * i + 1);
            }
        }
    }

    /** Sixteen bytes of each row; row i in the lower, row i + 4 in the upper half of register i. */
    private void load(Assembler a, Ymm[] y, int offset) {
        for (int i = 0; i < 4; i++) {
            a.v(VMOVUPS, y[i].low(), rows(low, offset).get(i));
            a.v(VINSERTF128, y[i], y[i], rows(high, offset).get(i), 1);
        }
    }

    private List<Memory> rows(Gpr base, int offset) {
        return List.of(at(base, offset), at(base, stride, 1, offset), at(base, stride, 2, offset), at(base, stride3, 1, offset));
    }

    /** Emits the reading of eight neighbouring elements as floats. */
    static void read(Assembler a, Storage storage, Ymm to, Memory from) {
        switch (storage) {
            case F32 -> a.v(VMOVUPS, to, from);
            case F16 -> a.v(VCVTPH2PS, to, from);
            case BF16 -> {
                a.v(VPMOVZXWD, to, from);
                a.shift(VexShift.VPSLLD, to, to, 16);
            }
        }
    }
}
