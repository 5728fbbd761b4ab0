package dev.transom.kernels.x86.internal;

import static dev.transom.kernels.x86.internal.asm.Gpr.R10;
import static dev.transom.kernels.x86.internal.asm.Gpr.R11;
import static dev.transom.kernels.x86.internal.asm.Gpr.R8;
import static dev.transom.kernels.x86.internal.asm.Gpr.RAX;
import static dev.transom.kernels.x86.internal.asm.Gpr.RCX;
import static dev.transom.kernels.x86.internal.asm.Gpr.RDI;
import static dev.transom.kernels.x86.internal.asm.Gpr.RDX;
import static dev.transom.kernels.x86.internal.asm.Gpr.RSI;
import static dev.transom.kernels.x86.internal.asm.Memory.at;
import static dev.transom.kernels.x86.internal.asm.Vex.VADDPS;
import static dev.transom.kernels.x86.internal.asm.Vex.VBROADCASTSS;
import static dev.transom.kernels.x86.internal.asm.Vex.VFMADD231PS;
import static dev.transom.kernels.x86.internal.asm.Vex.VMOVUPS;
import static dev.transom.kernels.x86.internal.asm.Vex.VMOVUPS_STORE;
import static dev.transom.kernels.x86.internal.asm.Ymm.Y0;
import static dev.transom.kernels.x86.internal.asm.Ymm.Y1;

import dev.transom.kernels.x86.internal.asm.Assembler;
import dev.transom.kernels.x86.internal.asm.Condition;
import dev.transom.kernels.x86.internal.asm.Gpr;
import dev.transom.kernels.x86.internal.asm.Label;
import dev.transom.kernels.x86.internal.asm.Ymm;

/** {@code sums += x0 · row0, sums += x1 · row1 …} over neighbouring rows of weights as they lie. */
final class RowSums {

    /** Rows at once. */
    static final int ROWS = 4;

    private static final class Rows {
        private static final MachineCode F32 = code(Storage.F32, ROWS);
        private static final MachineCode F16 = code(Storage.F16, ROWS);
        private static final MachineCode BF16 = code(Storage.BF16, ROWS);
    }

    private static final class Row {
        private static final MachineCode F32 = code(Storage.F32, 1);
        private static final MachineCode F16 = code(Storage.F16, 1);
        private static final MachineCode BF16 = code(Storage.BF16, 1);
    }

    private static final class Adding {
        private static final MachineCode ADD = adding();
    }

    private RowSums() {
    }

    /**
     * @param rows    1 … {@link #ROWS}
     * @param stride  bytes from one row to the next
     * @param columns a multiple of 8
     * @param x       one float for each row
     */
    static void run(Storage storage, int rows, long from, long stride, int columns, long x, long sums) {
        if (rows == ROWS) {
            MachineCode code = switch (storage) {
                case F32 -> Rows.F32;
                case F16 -> Rows.F16;
                case BF16 -> Rows.BF16;
            };
            code.call(from, stride, columns, x, sums, 0);
            return;
        }
        MachineCode code = switch (storage) {
            case F32 -> Row.F32;
            case F16 -> Row.F16;
            case BF16 -> Row.BF16;
        };
        for (int row = 0; row < rows; row++) {
            code.call(from + row * stride, stride, columns, x + 4L * row, sums, 0);
        }
    }

    /** Adds sums to y or sets y, a multiple of eight. */
    static void add(boolean add, long sums, long y, int count) {
        if (add) {
            Adding.ADD.call(sums, y, count, 0, 0, 0);
        } else {
            Ram.copy(sums, y, 4L * count);
        }
    }

    /** RDI rows, RSI stride, RDX columns, RCX x, R8 sums. */
    private static MachineCode code(Storage storage, int rows) {
        Assembler a = new Assembler();
        Gpr[] row = {RDI, RAX, R10, R11};
        for (int r = 0; r < rows; r++) {
            if (r > 0) {
                a.lea(row[r], at(row[r - 1], RSI, 1));
            }
            a.v(VBROADCASTSS, Ymm.of(4 + r), at(RCX, 4 * r));
        }
        a.align(32);
        Label loop = a.here();
        a.v(VMOVUPS, Y0, at(R8));
        for (int r = 0; r < rows; r++) {
            Octet.read(a, storage, Ymm.of(8 + r), at(row[r]));
            a.v(VFMADD231PS, Y0, Ymm.of(8 + r), Ymm.of(4 + r));
            a.add(row[r], Packing.EIGHT * storage.bytes());
        }
        a.v(VMOVUPS_STORE, Y0, at(R8));
        a.add(R8, 32);
        a.sub(RDX, Packing.EIGHT);
        a.jump(Condition.NOT_ZERO, loop);
        a.vzeroupper();
        a.ret();
        return MachineCode.of(a);
    }

    /** RDI sums, RSI y, RDX count. */
    private static MachineCode adding() {
        Assembler a = new Assembler();
        Label loop = a.here();
        a.v(VMOVUPS, Y1, at(RSI));
        a.v(VADDPS, Y1, Y1, at(RDI));
        a.v(VMOVUPS_STORE, Y1, at(RSI));
        a.add(RDI, 32);
        a.add(RSI, 32);
        a.sub(RDX, Packing.EIGHT);
        a.jump(Condition.NOT_ZERO, loop);
        a.vzeroupper();
        a.ret();
        return MachineCode.of(a);
    }
}
