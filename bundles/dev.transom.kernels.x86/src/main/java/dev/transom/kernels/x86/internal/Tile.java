package dev.transom.kernels.x86.internal;

import static dev.transom.kernels.x86.internal.asm.Gpr.R10;
import static dev.transom.kernels.x86.internal.asm.Gpr.R11;
import static dev.transom.kernels.x86.internal.asm.Gpr.R8;
import static dev.transom.kernels.x86.internal.asm.Gpr.R9;
import static dev.transom.kernels.x86.internal.asm.Gpr.RAX;
import static dev.transom.kernels.x86.internal.asm.Gpr.RBX;
import static dev.transom.kernels.x86.internal.asm.Gpr.RCX;
import static dev.transom.kernels.x86.internal.asm.Gpr.RDI;
import static dev.transom.kernels.x86.internal.asm.Gpr.RDX;
import static dev.transom.kernels.x86.internal.asm.Gpr.RSI;
import static dev.transom.kernels.x86.internal.asm.Memory.at;
import static dev.transom.kernels.x86.internal.asm.Vex.VADDPS;
import static dev.transom.kernels.x86.internal.asm.Vex.VBROADCASTSS;
import static dev.transom.kernels.x86.internal.asm.Vex.VFMADD231PS;
import static dev.transom.kernels.x86.internal.asm.Vex.VMASKMOVPS;
import static dev.transom.kernels.x86.internal.asm.Vex.VMASKMOVPS_STORE;
import static dev.transom.kernels.x86.internal.asm.Vex.VMOVUPS;
import static dev.transom.kernels.x86.internal.asm.Vex.VMOVUPS_STORE;
import static dev.transom.kernels.x86.internal.asm.Vex.VXORPS;
import static dev.transom.kernels.x86.internal.asm.Ymm.Y0;
import static dev.transom.kernels.x86.internal.asm.Ymm.Y1;
import static dev.transom.kernels.x86.internal.asm.Ymm.Y2;
import static dev.transom.kernels.x86.internal.asm.Ymm.Y3;

import dev.transom.kernels.x86.internal.asm.Assembler;
import dev.transom.kernels.x86.internal.asm.Condition;
import dev.transom.kernels.x86.internal.asm.Gpr;
import dev.transom.kernels.x86.internal.asm.Label;
import dev.transom.kernels.x86.internal.asm.Memory;
import dev.transom.kernels.x86.internal.asm.Ymm;
import java.util.stream.IntStream;

/**
 * {@code y [rows, columns] (+)= lines · panel}: an outer product of six rows and sixteen columns per step, whose twelve sums fill
 * the registers; twelve multiply-adds need two loads and six broadcasts, so the multiply-adds set the pace.
 *
 * <p>Lines are packed {@code [tile][step][ROWS]}, each tile followed by {@value #GAP} bytes; the panel
 * {@code [step][COLUMNS]}. A sum takes its steps in order from zero, whatever the number of rows.
 */
final class Tile {

    static final int ROWS = 6;
    static final int COLUMNS = 16;
    /** Bytes of a step of lines and of a panel. */
    static final int LINE = 4 * ROWS;
    static final int PANEL_ROW = 4 * COLUMNS;
    /** Behind each tile's lines, for they are written eight at a time. */
    static final int GAP = 64;
    /** Steps come in multiples of this. */
    static final int STEPS = 8;

    private static final int UNROLLED = 4;
    /** Bytes that lines are fetched ahead. */
    private static final int AHEAD = 512;

    private static final MachineCode SET = new Tile(false).code();
    private static final MachineCode ADD = new Tile(true).code();

    private final Assembler a = new Assembler();
    private final boolean add;

    private Tile(boolean add) {
        this.add = add;
    }

    /** Bytes of a tile's lines. */
    static long bytes(int steps) {
        return (long) steps * LINE + GAP;
    }

    /**
     * @param add     whether to add to y
     * @param steps   a multiple of {@link #STEPS}
     * @param rows    at least 1
     * @param columns 1 … {@link #COLUMNS}
     * @param stride  bytes from one row of y to the next
     */
    static void run(boolean add, long lines, long panel, int steps, int rows, int columns, long y, long stride) {
        (add ? ADD : SET).call(lines, panel, steps, y, stride, (long) columns << 32 | rows);
    }

    /** RDI lines, RSI panel, RDX steps, RCX y, R8 stride, R9 columns and rows. */
    private MachineCode code() {
        a.push(RBX);
        Label done = new Label();
        Label[] few = new Label[ROWS];
        Label next = a.here();
        a.mov32(RAX, R9);
        for (int rows = 1; rows < ROWS; rows++) {
            few[rows] = new Label();
            a.cmp(RAX, rows);
            a.jump(Condition.ZERO, few[rows]);
        }
        a.test(RAX, RAX);
        a.jump(Condition.ZERO, done);
        tile(ROWS);
        a.add(RDI, GAP);
        a.lea(RCX, at(R10, R8, 2));
        a.sub(R9, ROWS);
        a.jump(next);
        for (int rows = 1; rows < ROWS; rows++) {
            a.bind(few[rows]);
            tile(rows);
            a.jump(done);
        }
        a.bind(done);
        a.pop(RBX);
        a.vzeroupper();
        a.ret();
        return MachineCode.of(a);
    }

    private static Ymm sum(int row, int half) {
        return Ymm.of(4 + 2 * row + half);
    }

    /** Leaves RDI behind the lines and R10 at row 4 of y. */
    private void tile(int rows) {
        a.lea(RBX, at(R8, R8, 2));
        a.lea(R10, at(RCX, R8, 4));
        for (int row = 0; row < rows; row++) {
            a.prefetch(y(row, 0));
            a.v(VXORPS, sum(row, 0), sum(row, 0), sum(row, 0));
            a.v(VXORPS, sum(row, 1), sum(row, 1), sum(row, 1));
        }
        a.mov(RAX, RSI);
        a.mov(R11, RDX);
        a.align(32);
        Label loop = a.here();
        for (int step = 0; step < UNROLLED; step++) {
            if (step % 2 == 0) {
                a.prefetch(at(RDI, AHEAD + step * 32));
            }
            a.v(VMOVUPS, Y0, at(RAX, step * PANEL_ROW));
            a.v(VMOVUPS, Y1, at(RAX, step * PANEL_ROW + 32));
            for (int row = 0; row < rows; row++) {
                Ymm line = row % 2 == 0 ? Y2 : Y3;
                a.v(VBROADCASTSS, line, at(RDI, step * LINE + 4 * row));
                a.v(VFMADD231PS, sum(row, 0), line, Y0);
                a.v(VFMADD231PS, sum(row, 1), line, Y1);
            }
        }
        a.add(RAX, UNROLLED * PANEL_ROW);
        a.add(RDI, UNROLLED * LINE);
        a.sub(R11, UNROLLED);
        a.jump(Condition.NOT_ZERO, loop);
        results(rows);
    }

    private void results(int rows) {
        Label masked = new Label();
        Label stored = new Label();
        a.mov(RAX, R9);
        a.shr(RAX, 32);
        a.cmp(RAX, COLUMNS);
        a.jump(Condition.LESS, masked);
        for (int row = 0; row < rows; row++) {
            for (int half = 0; half < 2; half++) {
                if (add) {
                    a.v(VADDPS, sum(row, half), sum(row, half), y(row, half));
                }
                a.v(VMOVUPS_STORE, sum(row, half), y(row, half));
            }
        }
        a.jump(stored);
        a.bind(masked);
        a.shl(RAX, 2);
        a.lea(R11, a.constant(IntStream.range(0, 2 * COLUMNS).map(i -> i < COLUMNS ? -1 : 0).toArray()));
        a.add(R11, 4 * COLUMNS);
        a.sub(R11, RAX);
        a.v(VMOVUPS, Y0, at(R11));
        a.v(VMOVUPS, Y1, at(R11, 32));
        for (int row = 0; row < rows; row++) {
            for (int half = 0; half < 2; half++) {
                Ymm mask = half == 0 ? Y0 : Y1;
                if (add) {
                    a.v(VMASKMOVPS, Y2, mask, y(row, half));
                    a.v(VADDPS, sum(row, half), sum(row, half), Y2);
                }
                a.v(VMASKMOVPS_STORE, sum(row, half), mask, y(row, half));
            }
        }
        a.bind(stored);
    }

    private static Memory y(int row, int half) {
        Gpr base = row < 4 ? RCX : R10;
        return switch (row) {
            case 0, 4 -> at(base, 32 * half);
            case 1, 5 -> at(base, R8, 1, 32 * half);
            case 2 -> at(base, R8, 2, 32 * half);
            default -> at(base, RBX, 1, 32 * half);
        };
    }
}
