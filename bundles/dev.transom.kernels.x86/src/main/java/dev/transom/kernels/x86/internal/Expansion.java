package dev.transom.kernels.x86.internal;

import static dev.transom.kernels.x86.internal.asm.Gpr.R11;
import static dev.transom.kernels.x86.internal.asm.Gpr.R12;
import static dev.transom.kernels.x86.internal.asm.Gpr.R13;
import static dev.transom.kernels.x86.internal.asm.Gpr.R8;
import static dev.transom.kernels.x86.internal.asm.Gpr.R9;
import static dev.transom.kernels.x86.internal.asm.Gpr.RAX;
import static dev.transom.kernels.x86.internal.asm.Gpr.RBP;
import static dev.transom.kernels.x86.internal.asm.Gpr.RBX;
import static dev.transom.kernels.x86.internal.asm.Gpr.RCX;
import static dev.transom.kernels.x86.internal.asm.Gpr.RDI;
import static dev.transom.kernels.x86.internal.asm.Gpr.RDX;
import static dev.transom.kernels.x86.internal.asm.Gpr.RSI;
import static dev.transom.kernels.x86.internal.asm.Gpr.RSP;
import static dev.transom.kernels.x86.internal.asm.Memory.at;
import static dev.transom.kernels.x86.internal.asm.Ymm.Y0;
import static dev.transom.kernels.x86.internal.asm.Ymm.Y1;
import static dev.transom.kernels.x86.internal.asm.Ymm.Y10;
import static dev.transom.kernels.x86.internal.asm.Ymm.Y4;
import static dev.transom.kernels.x86.internal.asm.Ymm.Y5;
import static dev.transom.kernels.x86.internal.asm.Ymm.Y6;
import static dev.transom.kernels.x86.internal.asm.Ymm.Y7;

import dev.transom.kernels.x86.internal.asm.Assembler;
import dev.transom.kernels.x86.internal.asm.Condition;
import dev.transom.kernels.x86.internal.asm.Gpr;
import dev.transom.kernels.x86.internal.asm.Label;
import dev.transom.kernels.x86.internal.asm.Vex;
import dev.transom.kernels.x86.internal.asm.VexShift;
import dev.transom.kernels.x86.internal.asm.Xmm;
import dev.transom.kernels.x86.internal.asm.Ymm;
import java.util.List;

/** Rows of blocks as floats, with the bits of ggml's reader: one rounding for each product and each sum. */
final class Expansion {

    private static final class Q8_0 {
        private static final MachineCode CODE = new Expansion(BlockFormat.Q8_0).code();
    }

    private static final class Q4_0 {
        private static final MachineCode CODE = new Expansion(BlockFormat.Q4_0).code();
    }

    private static final class Q4_1 {
        private static final MachineCode CODE = new Expansion(BlockFormat.Q4_1).code();
    }

    private static final class Q5_0 {
        private static final MachineCode CODE = new Expansion(BlockFormat.Q5_0).code();
    }

    private static final class Q5_1 {
        private static final MachineCode CODE = new Expansion(BlockFormat.Q5_1).code();
    }

    private static final class Q4K {
        private static final MachineCode CODE = new Expansion(BlockFormat.Q4_K).code();
    }

    private static final class Q5K {
        private static final MachineCode CODE = new Expansion(BlockFormat.Q5_K).code();
    }

    private static final class Q6K {
        private static final MachineCode CODE = new Expansion(BlockFormat.Q6_K).code();
    }

    private static final Ymm OFFSET = Y10;
    /** Below the stack pointer, where leaf functions may write: scales of a large block, then minima. */
    private static final int SCALES = -128;
    private static final int MINIMA = -64;

    private final Assembler a = new Assembler();
    private final BlockFormat format;

    private Expansion(BlockFormat format) {
        this.format = format;
    }

    /**
     * @param from   the first block
     * @param stride bytes from one row to the next
     * @param rows   rows to expand
     * @param blocks of each row
     * @param to     receives the floats
     * @param next   bytes from one written row to the next
     */
    static void run(BlockFormat format, long from, long stride, int rows, int blocks, long to, long next) {
        if (rows == 0 || blocks == 0) {
            return;
        }
        MachineCode code = switch (format) {
            case Q8_0 -> Q8_0.CODE;
            case Q4_0 -> Q4_0.CODE;
            case Q4_1 -> Q4_1.CODE;
            case Q5_0 -> Q5_0.CODE;
            case Q5_1 -> Q5_1.CODE;
            case Q4_K -> Q4K.CODE;
            case Q5_K -> Q5K.CODE;
            case Q6_K -> Q6K.CODE;
        };
        code.call(from, stride, rows, blocks, to, next);
    }

    /** RDI from, RSI stride, RDX rows, RCX blocks, R8 to, R9 stride of to. */
    private MachineCode code() {
        List<Gpr> saved = List.of(RBX, RBP, R12, R13);
        saved.forEach(a::push);
        format.prepare(a);
        if (format.offset() != 0) {
            a.v(Vex.VMOVUPS, OFFSET, a.everyFloat(format.offset()));
        }
        a.mov(R13, RDX);
        Label row = a.here();
        a.mov(R11, RDI);
        a.mov(R12, R8);
        a.mov(RAX, RCX);
        Label loop = a.here();
        a.push(RAX);
        if (format.large()) {
            large();
        } else {
            small();
        }
        a.pop(RAX);
        a.add(R11, format.bytes());
        a.add(R12, 4 * format.elements());
        a.sub(RAX, 1);
        a.jump(Condition.NOT_ZERO, loop);
        a.add(RDI, RSI);
        a.add(R8, R9);
        a.sub(R13, 1);
        a.jump(Condition.NOT_ZERO, row);
        a.vzeroupper();
        saved.reversed().forEach(a::pop);
        a.ret();
        return MachineCode.of(a);
    }

    private void small() {
        format.unpack(a, R11, 0, 0, Y0, Y1);
        BlockFormat.half(a, Y4, at(R11));
        if (format.minimum()) {
            BlockFormat.half(a, Y5, at(R11, 2));
        }
        for (int i = 0; i < 4; i++) {
            floats(i, Y4);
            if (format.minimum()) {
                a.v(Vex.VADDPS, Y1, Y1, Y5);
            }
            a.v(Vex.VMOVUPS_STORE, Y1, at(R12, 32 * i));
        }
    }

    private void large() {
        scales();
        for (int group = 0; group < format.elements() / BlockFormat.GROUP; group++) {
            format.unpack(a, R11, 0, group, Y0, Y1);
            if (format.minimum()) {
                a.v(Vex.VBROADCASTSS, Y5, at(RSP, MINIMA + 4 * group));
            }
            for (int i = 0; i < 4; i++) {
                if (i % 2 == 0) {
                    int scale = format == BlockFormat.Q6_K ? 2 * group + i / 2 : group;
                    a.v(Vex.VBROADCASTSS, Y4, at(RSP, SCALES + 4 * scale));
                }
                floats(i, Y4);
                if (format.minimum()) {
                    a.v(Vex.VSUBPS, Y1, Y1, Y5);
                }
                a.v(Vex.VMOVUPS_STORE, Y1, at(R12, 4 * BlockFormat.GROUP * group + 32 * i));
            }
        }
    }

    /** The block's scale times those of its groups, and the same of minima. */
    private void scales() {
        BlockFormat.half(a, Y6, at(R11, format.scaleAt()));
        if (format == BlockFormat.Q6_K) {
            for (int i = 0; i < 2; i++) {
                a.v(Vex.VPMOVSXBD, Y7, at(R11, 192 + 8 * i));
                a.v(Vex.VCVTDQ2PS, Y7, Y7);
                a.v(Vex.VMULPS, Y7, Y7, Y6);
                a.v(Vex.VMOVUPS_STORE, Y7, at(RSP, SCALES + 32 * i));
            }
            return;
        }
        BlockFormat.scales(a, R11, 0);
        scaled(RAX, SCALES);
        BlockFormat.half(a, Y6, at(R11, 2));
        scaled(RBX, MINIMA);
    }

    private void scaled(Gpr bytes, int to) {
        a.v(Vex.VMOVQ_GPR, Xmm.X7, bytes);
        a.v(Vex.VPMOVZXBD, Y7, Xmm.X7);
        a.v(Vex.VCVTDQ2PS, Y7, Y7);
        a.v(Vex.VMULPS, Y7, Y7, Y6);
        a.v(Vex.VMOVUPS_STORE, Y7, at(RSP, to));
    }

    /** Eight of the bytes in Y0 as floats in Y1, less the offset, times the scale. */
    private void floats(int eight, Ymm scale) {
        Xmm from = Xmm.X0;
        if (eight >= 2) {
            a.v(Vex.VEXTRACTI128, Y0, Xmm.X1, 1);
            from = Xmm.X1;
        }
        if (eight % 2 == 1) {
            a.shift(VexShift.VPSRLDQ, Xmm.X1, from, 8);
            from = Xmm.X1;
        }
        a.v(format.signed() ? Vex.VPMOVSXBD : Vex.VPMOVZXBD, Y1, from);
        a.v(Vex.VCVTDQ2PS, Y1, Y1);
        if (format.offset() != 0) {
            a.v(Vex.VSUBPS, Y1, Y1, OFFSET);
        }
        a.v(Vex.VMULPS, Y1, Y1, scale);
    }
}
