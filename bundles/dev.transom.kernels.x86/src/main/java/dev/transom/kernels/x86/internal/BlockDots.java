package dev.transom.kernels.x86.internal;

import static dev.transom.kernels.x86.internal.asm.Gpr.R10;
import static dev.transom.kernels.x86.internal.asm.Gpr.R11;
import static dev.transom.kernels.x86.internal.asm.Gpr.R12;
import static dev.transom.kernels.x86.internal.asm.Gpr.R8;
import static dev.transom.kernels.x86.internal.asm.Gpr.R9;
import static dev.transom.kernels.x86.internal.asm.Gpr.RAX;
import static dev.transom.kernels.x86.internal.asm.Gpr.RBP;
import static dev.transom.kernels.x86.internal.asm.Gpr.RBX;
import static dev.transom.kernels.x86.internal.asm.Gpr.RCX;
import static dev.transom.kernels.x86.internal.asm.Gpr.RDI;
import static dev.transom.kernels.x86.internal.asm.Gpr.RSI;
import static dev.transom.kernels.x86.internal.asm.Memory.at;
import static dev.transom.kernels.x86.internal.asm.Ymm.Y0;
import static dev.transom.kernels.x86.internal.asm.Ymm.Y1;
import static dev.transom.kernels.x86.internal.asm.Ymm.Y10;
import static dev.transom.kernels.x86.internal.asm.Ymm.Y11;
import static dev.transom.kernels.x86.internal.asm.Ymm.Y12;
import static dev.transom.kernels.x86.internal.asm.Ymm.Y2;
import static dev.transom.kernels.x86.internal.asm.Ymm.Y3;
import static dev.transom.kernels.x86.internal.asm.Ymm.Y4;
import static dev.transom.kernels.x86.internal.asm.Ymm.Y5;
import static dev.transom.kernels.x86.internal.asm.Ymm.Y6;
import static dev.transom.kernels.x86.internal.asm.Ymm.Y7;
import static dev.transom.kernels.x86.internal.asm.Ymm.Y8;
import static dev.transom.kernels.x86.internal.asm.Ymm.Y9;

import dev.transom.kernels.x86.internal.asm.Assembler;
import dev.transom.kernels.x86.internal.asm.Condition;
import dev.transom.kernels.x86.internal.asm.Gpr;
import dev.transom.kernels.x86.internal.asm.Label;
import dev.transom.kernels.x86.internal.asm.Memory;
import dev.transom.kernels.x86.internal.asm.Vex;
import dev.transom.kernels.x86.internal.asm.VexShift;
import dev.transom.kernels.x86.internal.asm.Xmm;
import dev.transom.kernels.x86.internal.asm.Ymm;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Products of rows of blocks with one token's {@link Activations}: bytes are multiplied and summed as integers, blocks as
 * floats. Rows are read one after the other, as they lie, so the processor reads ahead by itself.
 */
final class BlockDots {

    /** Bytes that are fetched ahead. */
    private static final int AHEAD = 1024;
    private static final Ymm SUM = Y10;
    private static final Ymm SUM2 = Y9;
    private static final Ymm INTEGERS = Y11;
    private static final Ymm ONES = Y12;
    private static final Ymm SCALES = Y8;
    private static final Ymm UPPER_SCALES = Y7;

    private static final class Q8_0 {
        private static final MachineCode CODE = new BlockDots(BlockFormat.Q8_0).code();
    }

    private static final class Q4_0 {
        private static final MachineCode CODE = new BlockDots(BlockFormat.Q4_0).code();
    }

    private static final class Q4_1 {
        private static final MachineCode CODE = new BlockDots(BlockFormat.Q4_1).code();
    }

    private static final class Q5_0 {
        private static final MachineCode CODE = new BlockDots(BlockFormat.Q5_0).code();
    }

    private static final class Q5_1 {
        private static final MachineCode CODE = new BlockDots(BlockFormat.Q5_1).code();
    }

    private static final class Q4K {
        private static final MachineCode CODE = new BlockDots(BlockFormat.Q4_K).code();
    }

    private static final class Q5K {
        private static final MachineCode CODE = new BlockDots(BlockFormat.Q5_K).code();
    }

    private static final class Q6K {
        private static final MachineCode CODE = new BlockDots(BlockFormat.Q6_K).code();
    }

    private final Assembler a = new Assembler();
    private final BlockFormat format;

    private BlockDots(BlockFormat format) {
        this.format = format;
    }

    /**
     * @param from   the first row
     * @param blocks of each row
     * @param x      records of one token
     * @param y      receives a float for each row
     * @param rows   at least 1
     */
    static void run(BlockFormat format, long from, int blocks, long x, long y, int rows) {
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
        code.call(from, blocks, 0, x, y, rows);
    }

    /** RDI rows, RSI blocks, RCX x, R8 y, R9 rows. */
    private MachineCode code() {
        List<Gpr> saved = List.of(RBX, RBP, R12);
        saved.forEach(a::push);
        format.prepare(a);
        a.v(Vex.VMOVUPS, ONES, a.everyWord(0x00010001));
        Label row = a.here();
        a.v(Vex.VXORPS, SUM, SUM, SUM);
        a.v(Vex.VXORPS, SUM2, SUM2, SUM2);
        a.mov(R11, RCX);
        a.mov(R12, RSI);
        if (format.large()) {
            rowOfLarge();
        } else {
            rowOfSmall();
        }
        total();
        a.v(Vex.VMOVSS_STORE, SUM.low(), at(R8));
        a.add(R8, 4);
        a.sub(R9, 1);
        a.jump(Condition.NOT_ZERO, row);
        a.vzeroupper();
        saved.reversed().forEach(a::pop);
        a.ret();
        return MachineCode.of(a);
    }

    /** All lanes of both sums in the lowest lane. */
    private void total() {
        a.v(Vex.VADDPS, SUM, SUM, SUM2);
        Lanes.total(a, SUM);
    }

    /** R10 runs along the scales of x, which follow its records. */
    private void rowOfSmall() {
        a.mov(R10, RSI);
        a.shl(R10, Integer.numberOfTrailingZeros(Activations.SMALL));
        a.add(R10, RCX);
        Label last = new Label();
        Label ended = new Label();
        a.sub(R12, 2);
        a.jump(Condition.LESS, last);
        a.align(32);
        Label loop = a.here();
        a.prefetch(at(RDI, AHEAD));
        small(0, SUM);
        small(1, SUM2);
        a.add(RDI, 2 * format.bytes());
        a.add(R11, 2 * Activations.SMALL);
        a.add(R10, 8);
        a.sub(R12, 2);
        a.jump(Condition.NOT_LESS, loop);
        a.bind(last);
        a.add(R12, 2);
        a.jump(Condition.ZERO, ended);
        small(0, SUM);
        a.add(RDI, format.bytes());
        a.bind(ended);
    }

    private void small(int block, Ymm sum) {
        int w = block * format.bytes();
        int x = block * Activations.SMALL;
        format.unpack(a, RDI, w, 0, Y0, Y1);
        if (format.signed()) {
            a.v(Vex.VPABSB, Y1, Y0);
            a.v(Vex.VMOVDQU, Y2, at(R11, x));
            a.v(Vex.VPSIGNB, Y2, Y2, Y0);
            a.v(Vex.VPMADDUBSW, Y1, Y1, Y2);
        } else {
            a.v(Vex.VPMADDUBSW, Y1, Y0, at(R11, x));
        }
        a.v(Vex.VPMADDWD, Y1, Y1, ONES);
        if (format.offset() != 0) {
            a.v(Vex.VPADDD, Y1, Y1, at(R11, x + 32));
        }
        a.v(Vex.VCVTDQ2PS, Y1, Y1);
        // The scale, and beside it perhaps the minimum; as numbers, not vectors, for fewer operations.
        a.v(Vex.VMOVD, Xmm.X2, at(RDI, w));
        a.v(Vex.VCVTPH2PS, Xmm.X2, Xmm.X2);
        if (format.minimum()) {
            a.v(Vex.VMOVSHDUP, Xmm.X4, Xmm.X2);
            a.v(Vex.VBROADCASTSS, Y4, Xmm.X4);
            a.v(Vex.VFMADD231PS, sum, Y4, at(R11, x + 32));
        }
        a.v(Vex.VMULSS, Xmm.X2, Xmm.X2, at(R10, 4 * block));
        a.v(Vex.VBROADCASTSS, Y2, Xmm.X2);
        a.v(Vex.VFMADD231PS, sum, Y1, Y2);
    }

    private void rowOfLarge() {
        a.align(32);
        Label loop = a.here();
        for (int line = 0; line < format.bytes(); line += 64) {
            a.prefetch(at(RDI, AHEAD + line));
        }
        if (format == BlockFormat.Q6_K) {
            a.v(Vex.VPMOVSXBW, Y5, at(RDI, 192));
            a.v(Vex.VPERMQ, SCALES, Y5, 0x44);
            a.v(Vex.VPERMQ, UPPER_SCALES, Y5, 0xee);
        } else {
            BlockFormat.scales(a, RDI, 0);
            a.v(Vex.VMOVQ_GPR, Xmm.X5, RAX);
            a.v(Vex.VPMOVZXBW, SCALES.low(), Xmm.X5);
            a.v(Vex.VPERMQ, SCALES, SCALES, 0x44);
        }
        for (int group = 0; group < format.elements() / BlockFormat.GROUP; group++) {
            Ymm product = group == 0 ? INTEGERS : Y0;
            format.unpack(a, RDI, 0, group, Y0, Y1);
            a.v(Vex.VPMADDUBSW, Y0, Y0, at(R11, BlockFormat.GROUP * group));
            boolean upper = format == BlockFormat.Q6_K && group >= 4;
            a.v(Vex.VPSHUFB, Y2, upper ? UPPER_SCALES : SCALES, scale(group));
            a.v(Vex.VPMADDWD, product, Y0, Y2);
            if (group > 0) {
                a.v(Vex.VPADDD, INTEGERS, INTEGERS, Y0);
            }
        }
        if (format == BlockFormat.Q6_K) {
            a.v(Vex.VPMADDWD, Y5, Y5, at(R11, Activations.SUMS_AT));
            a.shift(VexShift.VPSLLD, Y5, Y5, Integer.numberOfTrailingZeros(format.offset()));
            a.v(Vex.VPSUBD, INTEGERS, INTEGERS, Y5);
        }
        a.v(Vex.VCVTDQ2PS, INTEGERS, INTEGERS);
        BlockFormat.half(a, Y3, at(RDI, format.scaleAt()));
        a.v(Vex.VBROADCASTSS, Y4, at(R11, Activations.SCALE_AT));
        a.v(Vex.VMULPS, Y3, Y3, Y4);
        a.v(Vex.VFMADD231PS, SUM, INTEGERS, Y3);
        if (format.minimum()) {
            a.v(Vex.VMOVQ_GPR, Xmm.X5, RBX);
            a.v(Vex.VPUNPCKLBW, Xmm.X5, Xmm.X5, Xmm.X5);
            a.v(Vex.VPMOVZXBW, Y5, Xmm.X5);
            a.v(Vex.VPMADDWD, Y5, Y5, at(R11, Activations.SUMS_AT));
            a.v(Vex.VCVTDQ2PS, Y5, Y5);
            BlockFormat.half(a, Y6, at(RDI, 2));
            a.v(Vex.VMULPS, Y6, Y6, Y4);
            a.v(Vex.VFNMADD231PS, SUM2, Y5, Y6);
        }
        a.add(RDI, format.bytes());
        a.add(R11, Activations.LARGE);
        a.sub(R12, 1);
        a.jump(Condition.NOT_ZERO, loop);
    }

    /** Which bytes of the scales go into the 16-bit lanes of a group: one scale for all, or two for a half each. */
    private Memory scale(int group) {
        return a.constant(IntStream.range(0, 8).map(lane -> {
            int scale = format == BlockFormat.Q6_K ? 2 * (group % 4) + lane / 4 : group;
            return (2 * scale | 2 * scale + 1 << 8) * 0x00010001;
        }).toArray());
    }
}
