package dev.transom.kernels.x86.internal;

import static dev.transom.kernels.x86.internal.asm.Memory.at;

import dev.transom.api.tensor.Format;
import dev.transom.kernels.x86.internal.asm.Assembler;
import dev.transom.kernels.x86.internal.asm.Gpr;
import dev.transom.kernels.x86.internal.asm.Memory;
import dev.transom.kernels.x86.internal.asm.Vex;
import dev.transom.kernels.x86.internal.asm.VexShift;
import dev.transom.kernels.x86.internal.asm.Ymm;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * ggml's formats of blocks, and how the integers of 32 elements in their order are unpacked to the bytes of a vector. Layouts as
 * {@code ggml-common.h} defines them.
 */
enum BlockFormat {
    Q8_0(Format.Q8_0, 0, false),
    Q4_0(Format.Q4_0, 8, false),
    Q4_1(Format.Q4_1, 0, true),
    Q5_0(Format.Q5_0, 16, false),
    Q5_1(Format.Q5_1, 0, true),
    Q4_K(Format.Q4_K, 0, true),
    Q5_K(Format.Q5_K, 0, true),
    Q6_K(Format.Q6_K, 32, false);

    /** Elements that are unpacked at a time. */
    static final int GROUP = 32;

    private final Format format;
    private final int offset;
    private final boolean minimum;

    BlockFormat(Format format, int offset, boolean minimum) {
        this.format = format;
        this.offset = offset;
        this.minimum = minimum;
    }

    static Optional<BlockFormat> of(Format format) {
        return Arrays.stream(values()).filter(known -> known.format.equals(format)).findFirst();
    }

    /** Bytes of a block. */
    int bytes() {
        return format.blockBytes();
    }

    /** Elements of a block. */
    int elements() {
        return format.blockElements();
    }

    /** Whether a block is 256 elements, whose groups have scales of their own. */
    boolean large() {
        return elements() > GROUP;
    }

    /** What is taken from each unpacked integer. */
    int offset() {
        return offset;
    }

    /** Whether elements are scale · integer + minimum. */
    boolean minimum() {
        return minimum;
    }

    /** Whether unpacked bytes have a sign. */
    boolean signed() {
        return this == Q8_0;
    }

    /** Where a small block's scale and minimum, a large one's scales of both lie. */
    int scaleAt() {
        return this == Q6_K ? 208 : 0;
    }

    /** Registers 13 to 15, which {@link #prepare} fills. */
    private static final Ymm LOW_BITS = Ymm.Y15;
    private static final Ymm HIGH_BITS = Ymm.Y14;
    private static final Ymm SPREAD = Ymm.Y13;

    /** Emits what {@link #unpack} needs once. */
    void prepare(Assembler a) {
        if (this != Q8_0) {
            a.v(Vex.VMOVUPS, LOW_BITS, a.everyByte(0x0f));
        }
        if (this == Q5_0 || this == Q5_1 || this == Q5_K || this == Q6_K) {
            a.v(Vex.VMOVUPS, HIGH_BITS, a.everyByte(this == Q6_K ? 0x30 : 0x10));
        }
        if (this == Q5_0 || this == Q5_1) {
            a.v(Vex.VMOVUPS, SPREAD, a.constant(0, 0, 0x01010101, 0x01010101, 0x02020202, 0x02020202, 0x03030303, 0x03030303));
        }
    }

    /**
     * Emits the unpacking of a group of a block.
     *
     * @param block where the block begins
     * @param shift bytes added to that
     * @param group 0 … elements / 32 − 1
     */
    void unpack(Assembler a, Gpr block, int shift, int group, Ymm to, Ymm spare) {
        switch (this) {
            case Q8_0 -> a.v(Vex.VMOVDQU, to, at(block, shift + 2));
            case Q4_0, Q4_1, Q5_0, Q5_1 -> small(a, block, shift, to, spare);
            case Q4_K, Q5_K -> {
                nibbles(a, at(block, shift + (this == Q4_K ? 16 : 48) + group / 2 * 32), group % 2, to);
                if (this == Q5_K) {
                    high(a, at(block, shift + 16), group - 4, to, spare);
                }
            }
            case Q6_K -> {
                int half = group / 4;
                int quarter = group % 4;
                nibbles(a, at(block, shift + 64 * half + quarter % 2 * 32), quarter / 2, to);
                high(a, at(block, shift + 128 + 32 * half), 2 * quarter - 4, to, spare);
            }
        }
    }

    /** Sixteen bytes: the lower four bits of each are elements 0 to 15, the upper ones 16 to 31. */
    private void small(Assembler a, Gpr block, int shift, Ymm to, Ymm spare) {
        int quants = bytes() - 16;
        a.v(Vex.VBROADCASTI128, to, at(block, shift + quants));
        a.shift(VexShift.VPSRLW, spare, to, 4);
        a.v(Vex.VPBLENDD, to, to, spare, 0xf0);
        a.v(Vex.VPAND, to, to, LOW_BITS);
        if (this == Q5_0 || this == Q5_1) {
            // Bit i of four bytes is the fifth bit of element i: each byte is spread over eight, and one bit of it tested.
            a.v(Vex.VPBROADCASTD, spare, at(block, shift + quants - 4));
            a.v(Vex.VPSHUFB, spare, spare, SPREAD);
            a.v(Vex.VPAND, spare, spare, a.constant(bits()));
            a.v(Vex.VPCMPEQB, spare, spare, a.constant(bits()));
            a.v(Vex.VPAND, spare, spare, HIGH_BITS);
            a.v(Vex.VPOR, to, to, spare);
        }
    }

    private static int[] bits() {
        return IntStream.range(0, 8).map(i -> i % 2 == 0 ? 0x08040201 : 0x80402010).toArray();
    }

    private static void nibbles(Assembler a, Memory from, int half, Ymm to) {
        if (half == 0) {
            a.v(Vex.VPAND, to, LOW_BITS, from);
        } else {
            a.v(Vex.VMOVDQU, to, from);
            a.shift(VexShift.VPSRLW, to, to, 4);
            a.v(Vex.VPAND, to, to, LOW_BITS);
        }
    }

    /** Adds bits that lie {@code right} places above where they are wanted. */
    private static void high(Assembler a, Memory from, int right, Ymm to, Ymm spare) {
        if (right == 0) {
            a.v(Vex.VPAND, spare, HIGH_BITS, from);
        } else {
            a.v(Vex.VMOVDQU, spare, from);
            a.shift(right > 0 ? VexShift.VPSRLW : VexShift.VPSLLW, spare, spare, Math.abs(right));
            a.v(Vex.VPAND, spare, spare, HIGH_BITS);
        }
        a.v(Vex.VPOR, to, to, spare);
    }

    /** Emits a half-precision number as a float in all lanes. */
    static void half(Assembler a, Ymm to, Memory from) {
        a.v(Vex.VPBROADCASTW, to.low(), from);
        a.v(Vex.VCVTPH2PS, to, to.low());
    }

    /**
     * Emits the eight scales of Q4_K and Q5_K and their minima, six bits each in twelve bytes, as bytes of RAX and RBX; uses
     * RBP, RDX and R10.
     */
    static void scales(Assembler a, Gpr block, int shift) {
        a.mov32(Gpr.RAX, at(block, shift + 4));
        a.mov32(Gpr.RBX, at(block, shift + 8));
        a.mov32(Gpr.R10, at(block, shift + 12));
        // The last four take their upper two bits from the upper two of the first four's bytes.
        a.mov(Gpr.RDX, Gpr.R10);
        a.and(Gpr.RDX, 0x0f0f0f0f);
        upper(a, Gpr.RAX, Gpr.RDX);
        a.shr(Gpr.R10, 4);
        a.and(Gpr.R10, 0x0f0f0f0f);
        upper(a, Gpr.RBX, Gpr.R10);
    }

    /** Joins the first four, in {@code first}, with the last four, whose lower bits are in {@code last}. */
    private static void upper(Assembler a, Gpr first, Gpr last) {
        a.shl(last, 32);
        a.mov(Gpr.RBP, first);
        a.shl(Gpr.RBP, 30);
        a.and(first, 0x3f3f3f3f);
        a.or(first, last);
        a.mov(last, 0x3030303000000000L);
        a.and(Gpr.RBP, last);
        a.or(first, Gpr.RBP);
    }
}
