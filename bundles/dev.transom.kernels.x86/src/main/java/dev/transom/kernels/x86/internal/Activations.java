package dev.transom.kernels.x86.internal;

import static dev.transom.kernels.x86.internal.asm.Gpr.RCX;
import static dev.transom.kernels.x86.internal.asm.Gpr.RDI;
import static dev.transom.kernels.x86.internal.asm.Gpr.RDX;
import static dev.transom.kernels.x86.internal.asm.Gpr.RSI;
import static dev.transom.kernels.x86.internal.asm.Memory.at;

import dev.transom.kernels.x86.internal.asm.Assembler;
import dev.transom.kernels.x86.internal.asm.Condition;
import dev.transom.kernels.x86.internal.asm.Label;
import dev.transom.kernels.x86.internal.asm.Vex;
import dev.transom.kernels.x86.internal.asm.VexShift;
import dev.transom.kernels.x86.internal.asm.Xmm;
import dev.transom.kernels.x86.internal.asm.Ymm;

/**
 * Activations as integers of eight bits with a scale for each block: largest magnitude / 127, rounded to nearest, ties to even.
 *
 * <p>For small blocks of weights, records of {@value #SMALL} bytes: 32 integers, then what a dot product adds for the weights'
 * offset or minimum, in the eight lanes that the products of those integers are summed in; the scales follow all records. For
 * large ones, records of {@value #LARGE} bytes: 256 integers, the sums of 16 of them as 16 numbers of 16 bits, the scale.
 */
final class Activations {

    static final int SMALL = 64;
    static final int LARGE = 320;
    /** Within a large record. */
    static final int SUMS_AT = 256;
    static final int SCALE_AT = 288;

    private static final int GROUP = BlockFormat.GROUP;
    /** Below this, activations count as zero; its scale is still a normal number. */
    private static final float LEAST = 1e-30f;

    private static final class Small {
        private static final MachineCode PLAIN = small(0, false);
        private static final MachineCode BY_8 = small(8, false);
        private static final MachineCode BY_16 = small(16, false);
        private static final MachineCode SUMS = small(0, true);
    }

    private static final class Large {
        private static final MachineCode CODE = large();
    }

    private Activations() {
    }

    /** Bytes of the records of one token. */
    static long bytes(BlockFormat format, int k) {
        return format.large() ? (long) LARGE * (k / format.elements()) : ((long) SMALL + 4) * (k / GROUP) + 63 & -64L;
    }

    /** Writes the records of {@code k} activations, whole blocks. */
    static void quantise(BlockFormat format, long x, int k, long to) {
        int blocks = k / format.elements();
        if (format.large()) {
            Large.CODE.call(x, blocks, to, 0, 0, 0);
            return;
        }
        MachineCode code = format.minimum() ? Small.SUMS : switch (format.offset()) {
            case 8 -> Small.BY_8;
            case 16 -> Small.BY_16;
            default -> Small.PLAIN;
        };
        code.call(x, blocks, to, to + (long) SMALL * blocks, 0, 0);
    }

    private static final Ymm MAGNITUDE = Ymm.Y15;
    private static final Ymm ORDER = Ymm.Y14;
    private static final Ymm BYTE_ONES = Ymm.Y13;
    private static final Ymm ONES = Ymm.Y12;

    private static void prepare(Assembler a) {
        a.v(Vex.VMOVUPS, MAGNITUDE, a.everyWord(0x7fffffff));
        a.v(Vex.VMOVUPS, ORDER, a.constant(0, 4, 1, 5, 2, 6, 3, 7));
        a.v(Vex.VMOVUPS, BYTE_ONES, a.everyByte(1));
        a.v(Vex.VMOVUPS, ONES, a.everyWord(0x00010001));
    }

    /** RDI x, RSI blocks, RDX records, RCX scales. */
    private static MachineCode small(int offset, boolean sums) {
        Assembler a = new Assembler();
        prepare(a);
        Label loop = a.here();
        for (int i = 0; i < 4; i++) {
            a.v(Vex.VANDPS, i == 0 ? Ymm.Y4 : Ymm.Y5, MAGNITUDE, at(RDI, 32 * i));
            if (i > 0) {
                a.v(Vex.VMAXPS, Ymm.Y4, Ymm.Y4, Ymm.Y5);
            }
        }
        scale(a);
        a.v(Vex.VMOVSS_STORE, Xmm.X5, at(RCX));
        integers(a, 0, 0);
        if (offset != 0 || sums) {
            a.v(Vex.VPMADDUBSW, Ymm.Y1, BYTE_ONES, Ymm.Y0);
            a.v(Vex.VPMADDWD, Ymm.Y1, Ymm.Y1, ONES);
            if (sums) {
                a.v(Vex.VINSERTF128, Ymm.Y5, Ymm.Y5, Xmm.X5, 1);
                a.v(Vex.VCVTDQ2PS, Ymm.Y1, Ymm.Y1);
                a.v(Vex.VMULPS, Ymm.Y1, Ymm.Y1, Ymm.Y5);
            } else {
                a.v(Vex.VPXOR, Ymm.Y2, Ymm.Y2, Ymm.Y2);
                a.shift(VexShift.VPSLLD, Ymm.Y1, Ymm.Y1, Integer.numberOfTrailingZeros(offset));
                a.v(Vex.VPSUBD, Ymm.Y1, Ymm.Y2, Ymm.Y1);
            }
            a.v(Vex.VMOVUPS_STORE, Ymm.Y1, at(RDX, 32));
        }
        a.add(RDI, 4 * GROUP);
        a.add(RDX, SMALL);
        a.add(RCX, 4);
        a.sub(RSI, 1);
        a.jump(Condition.NOT_ZERO, loop);
        a.vzeroupper();
        a.ret();
        return MachineCode.of(a);
    }

    /** RDI x, RSI blocks, RDX records. */
    private static MachineCode large() {
        Assembler a = new Assembler();
        int groups = 256 / GROUP;
        prepare(a);
        Label loop = a.here();
        for (int i = 0; i < 4 * groups; i++) {
            a.v(Vex.VANDPS, i == 0 ? Ymm.Y4 : Ymm.of(6 + i % 4), MAGNITUDE, at(RDI, 32 * i));
            if (i > 0) {
                a.v(Vex.VMAXPS, Ymm.Y4, Ymm.Y4, Ymm.of(6 + i % 4));
            }
        }
        scale(a);
        a.v(Vex.VMOVSS_STORE, Xmm.X5, at(RDX, SCALE_AT));
        for (int group = 0; group < groups; group++) {
            integers(a, 4 * GROUP * group, GROUP * group);
            a.v(Vex.VPMADDUBSW, Ymm.Y1, BYTE_ONES, Ymm.Y0);
            a.v(Vex.VPMADDWD, Ymm.Y1, Ymm.Y1, ONES);
            a.v(Vex.VEXTRACTI128, Ymm.Y1, Xmm.X2, 1);
            a.v(Vex.VPHADDD, Xmm.X1, Xmm.X1, Xmm.X2);
            a.v(Vex.VPHADDD, Xmm.X1, Xmm.X1, Xmm.X1);
            a.v(Vex.VPACKSSDW, Xmm.X1, Xmm.X1, Xmm.X1);
            a.v(Vex.VMOVD_STORE, Xmm.X1, at(RDX, SUMS_AT + 4 * group));
        }
        a.add(RDI, 1024);
        a.add(RDX, LARGE);
        a.sub(RSI, 1);
        a.jump(Condition.NOT_ZERO, loop);
        a.vzeroupper();
        a.ret();
        return MachineCode.of(a);
    }

    /** From magnitudes in Y4: the scale in all lanes of X5, its inverse in Y6. */
    private static void scale(Assembler a) {
        a.v(Vex.VEXTRACTF128, Ymm.Y4, Xmm.X5, 1);
        a.v(Vex.VMAXPS, Xmm.X4, Xmm.X4, Xmm.X5);
        a.v(Vex.VSHUFPS, Xmm.X5, Xmm.X4, Xmm.X4, 0x4e);
        a.v(Vex.VMAXPS, Xmm.X4, Xmm.X4, Xmm.X5);
        a.v(Vex.VSHUFPS, Xmm.X5, Xmm.X4, Xmm.X4, 0xb1);
        a.v(Vex.VMAXPS, Xmm.X4, Xmm.X4, Xmm.X5);
        a.v(Vex.VMAXPS, Xmm.X4, Xmm.X4, a.everyFloat(LEAST));
        a.v(Vex.VMULPS, Xmm.X5, Xmm.X4, a.everyFloat(1f / 127));
        a.v(Vex.VMOVUPS, Xmm.X6, a.everyFloat(127));
        a.v(Vex.VDIVPS, Xmm.X6, Xmm.X6, Xmm.X4);
        a.v(Vex.VINSERTF128, Ymm.Y6, Ymm.Y6, Xmm.X6, 1);
    }

    /** Thirty-two integers, in Y0 and at the record. */
    private static void integers(Assembler a, int from, int to) {
        for (int i = 0; i < 4; i++) {
            a.v(Vex.VMULPS, Ymm.of(i), Ymm.Y6, at(RDI, from + 32 * i));
            a.v(Vex.VCVTPS2DQ, Ymm.of(i), Ymm.of(i));
        }
        a.v(Vex.VPACKSSDW, Ymm.Y0, Ymm.Y0, Ymm.Y1);
        a.v(Vex.VPACKSSDW, Ymm.Y2, Ymm.Y2, Ymm.Y3);
        a.v(Vex.VPACKSSWB, Ymm.Y0, Ymm.Y0, Ymm.Y2);
        a.v(Vex.VPERMD, Ymm.Y0, ORDER, Ymm.Y0);
        a.v(Vex.VMOVDQU_STORE, Ymm.Y0, at(RDX, to));
    }
}
