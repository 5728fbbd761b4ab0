package dev.transom.kernels.x86.internal;

import static dev.transom.kernels.x86.internal.asm.Gpr.RAX;
import static dev.transom.kernels.x86.internal.asm.Gpr.RCX;
import static dev.transom.kernels.x86.internal.asm.Gpr.RDI;
import static dev.transom.kernels.x86.internal.asm.Gpr.RDX;
import static dev.transom.kernels.x86.internal.asm.Gpr.RSI;
import static dev.transom.kernels.x86.internal.asm.Memory.at;

import dev.transom.kernels.x86.internal.asm.Assembler;
import dev.transom.kernels.x86.internal.asm.Condition;
import dev.transom.kernels.x86.internal.asm.Label;

/** Asks for memory that will be read soon. */
final class Fetch {

    private static final int CACHE_LINE = 64;
    private static final MachineCode CODE = code();

    private Fetch() {
    }

    /** Rows of a matrix, {@code bytes} of each. */
    static void rows(long from, long stride, int rows, long bytes) {
        if (rows > 0) {
            CODE.call(from, stride, rows, bytes, 0, 0);
        }
    }

    /** RDI from, RSI stride, RDX rows, RCX bytes. */
    private static MachineCode code() {
        Assembler a = new Assembler();
        Label row = a.here();
        a.mov(RAX, RCX);
        Label line = a.here();
        a.sub(RAX, CACHE_LINE);
        a.prefetch(at(RDI, RAX, 1));
        a.jump(Condition.GREATER, line);
        a.add(RDI, RSI);
        a.sub(RDX, 1);
        a.jump(Condition.NOT_ZERO, row);
        a.ret();
        return MachineCode.of(a);
    }
}
