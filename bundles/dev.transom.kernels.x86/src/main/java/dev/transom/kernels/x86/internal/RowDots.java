package dev.transom.kernels.x86.internal;

import static dev.transom.kernels.x86.internal.asm.Gpr.R10;
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
import static dev.transom.kernels.x86.internal.asm.Vex.VADDPS;
import static dev.transom.kernels.x86.internal.asm.Vex.VBROADCASTSS;
import static dev.transom.kernels.x86.internal.asm.Vex.VFMADD231PS;
import static dev.transom.kernels.x86.internal.asm.Vex.VMOVUPS_STORE;
import static dev.transom.kernels.x86.internal.asm.Vex.VXORPS;

import dev.transom.kernels.x86.internal.asm.Assembler;
import dev.transom.kernels.x86.internal.asm.Condition;
import dev.transom.kernels.x86.internal.asm.Gpr;
import dev.transom.kernels.x86.internal.asm.Label;
import dev.transom.kernels.x86.internal.asm.Memory;
import dev.transom.kernels.x86.internal.asm.Ymm;
import java.util.List;

/**
 * Products of few tokens with rows of weights as they lie in the file, the lanes along the rows: eight by eight elements are
 * turned in registers, then each column is multiplied by its element of x, so that a sum takes its steps in the order of a
 * {@link Tile}'s. Turning costs less than the memory's wait. Rows are fetched ahead, for no processor follows so many streams
 * by itself.
 */
final class RowDots {

    /** The most tokens. */
    static final int TOKENS = 5;
    /** Bytes of the sums of one call. */
    static final long SUMS = 4L * 8 * 2 * TOKENS;

    private static final int EIGHT = Packing.EIGHT;
    private static final int CACHE_LINE = 64;
    /** Bytes of each row that are taken ahead from the second-level cache to the first. */
    private static final int NEAR = 128;
    private static final Gpr[] LOW = {RDI, RBX};
    private static final Gpr[] HIGH = {R10, RBP};

    private static final class OneF32 {
        private static final MachineCode CODE = new RowDots(Storage.F32, 1).code();
    }

    private static final class OneF16 {
        private static final MachineCode CODE = new RowDots(Storage.F16, 1).code();
    }

    private static final class OneBf16 {
        private static final MachineCode CODE = new RowDots(Storage.BF16, 1).code();
    }

    private static final class SomeF32 {
        private static final Codes CODES = new Codes(Storage.F32);
    }

    private static final class SomeF16 {
        private static final Codes CODES = new Codes(Storage.F16);
    }

    private static final class SomeBf16 {
        private static final Codes CODES = new Codes(Storage.BF16);
    }

    /** Code for each number of tokens, made when first needed: one token is the usual number. */
    private record Codes(MachineCode two, MachineCode three, MachineCode four, MachineCode five) {
        Codes(Storage storage) {
            this(new RowDots(storage, 2).code(), new RowDots(storage, 3).code(), new RowDots(storage, 4).code(),
                new RowDots(storage, 5).code());
        }

        MachineCode of(int tokens) {
            return switch (tokens) {
                case 2 -> two;
                case 3 -> three;
                case 4 -> four;
                default -> five;
            };
        }
    }

    private final Assembler a = new Assembler();
    private final Storage storage;
    private final int tokens;
    private final int octets;

    private RowDots(Storage storage, int tokens) {
        this.storage = storage;
        this.tokens = tokens;
        this.octets = octets(tokens);
    }

    /** Rows of one call in eights: enough sums that one need not wait for another, and few streams. */
    static int octets(int tokens) {
        return tokens <= 3 ? 2 : 1;
    }

    /**
     * Adds to {@code sums [octet][token][8]}, or sets them.
     *
     * @param from    the first of eight rows times {@link #octets}
     * @param stride  bytes from one row to the next
     * @param steps   elements, a multiple of 8
     * @param block   elements whose sum is added up by itself, a multiple of 8
     * @param x       the first token's elements
     * @param xStride bytes from one token to the next
     */
    static void run(boolean add, Storage storage, int tokens, long from, long stride, int steps, int block, long x, int xStride,
            long sums) {
        MachineCode code = switch (storage) {
            case F32 -> tokens == 1 ? OneF32.CODE : SomeF32.CODES.of(tokens);
            case F16 -> tokens == 1 ? OneF16.CODE : SomeF16.CODES.of(tokens);
            case BF16 -> tokens == 1 ? OneBf16.CODE : SomeBf16.CODES.of(tokens);
        };
        code.call(from, stride, steps, x, sums, (long) xStride << 32 | (add ? 0 : 1 << 16) | block);
    }

    /** RDI rows, RSI stride, RDX steps, RCX x, R8 sums, R9 stride of x, whether to set, block. */
    private MachineCode code() {
        List<Gpr> saved = List.of(RBX, RBP, R12, R13);
        saved.forEach(a::push);
        Label added = new Label();
        a.mov(RAX, R9);
        a.and(RAX, 1 << 16);
        a.jump(Condition.ZERO, added);
        a.v(VXORPS, sum(0), sum(0), sum(0));
        for (int i = 0; i < octets * tokens; i++) {
            a.v(VMOVUPS_STORE, sum(0), at(R8, 32 * i));
        }
        a.bind(added);
        if (tokens > 1) {
            a.mov(R12, R9);
            a.shr(R12, 32);
            a.lea(R13, at(R12, R12, 2));
        }
        a.and(R9, 0xffff);
        a.lea(RAX, at(RSI, RSI, 2));
        for (int octet = 0; octet < octets; octet++) {
            if (octet > 0) {
                a.lea(LOW[octet], at(HIGH[octet - 1], RSI, 4));
            }
            a.lea(HIGH[octet], at(LOW[octet], RSI, 4));
        }
        a.push(R8);
        a.lea(R8, at(HIGH[octets - 1], RSI, 4));
        blocks();
        a.pop(R8);
        a.vzeroupper();
        saved.reversed().forEach(a::pop);
        a.ret();
        return MachineCode.of(a);
    }

    private void blocks() {
        int lines = CACHE_LINE / storage.bytes() / EIGHT;
        Label block = a.here();
        Label rest = new Label();
        Label ended = new Label();
        Label fits = new Label();
        a.mov(R11, R9);
        a.cmp(RDX, R9);
        a.jump(Condition.NOT_LESS, fits);
        a.mov(R11, RDX);
        a.bind(fits);
        a.sub(RDX, R11);
        for (int i = 0; i < octets * tokens; i++) {
            a.v(VXORPS, sum(i), sum(i), sum(i));
        }
        a.sub(R11, lines * EIGHT);
        a.jump(Condition.LESS, rest);
        a.align(32);
        Label loop = a.here();
        steps(lines, true);
        a.sub(R11, lines * EIGHT);
        a.jump(Condition.NOT_LESS, loop);
        a.bind(rest);
        a.add(R11, lines * EIGHT);
        a.jump(Condition.ZERO, ended);
        Label single = a.here();
        steps(1, false);
        a.sub(R11, EIGHT);
        a.jump(Condition.NOT_ZERO, single);
        a.bind(ended);
        a.mov(R11, at(RSP));
        for (int i = 0; i < octets * tokens; i++) {
            a.v(VADDPS, sum(i), sum(i), at(R11, 32 * i));
            a.v(VMOVUPS_STORE, sum(i), at(R11, 32 * i));
        }
        a.test(RDX, RDX);
        a.jump(Condition.NOT_ZERO, block);
    }

    /** Some eights of elements of all rows. */
    private void steps(int eights, boolean ahead) {
        for (int i = 0; i < eights; i++) {
            for (int octet = 0; octet < octets; octet++) {
                if (ahead) {
                    ahead(octet, i, eights);
                }
                int first = octet * tokens;
                int step = i * EIGHT;
                new Octet(storage, LOW[octet], HIGH[octet], RSI, RAX).columns(a, 0, step * storage.bytes(), (column, j) -> {
                    for (int token = 0; token < tokens; token++) {
                        a.v(VBROADCASTSS, Ymm.Y9, x(token, 4 * (step + j)));
                        a.v(VFMADD231PS, sum(first + token), column, Ymm.Y9);
                    }
                });
            }
        }
        for (int octet = 0; octet < octets; octet++) {
            a.add(LOW[octet], eights * EIGHT * storage.bytes());
            a.add(HIGH[octet], eights * EIGHT * storage.bytes());
        }
        a.add(RCX, 4 * eights * EIGHT);
        if (ahead) {
            a.add(R8, octets * EIGHT * CACHE_LINE);
        }
    }

    /**
     * Fetches lines of the rows that follow this group's, in the order of memory and as many as are read meanwhile; then lines
     * of this group's rows.
     */
    private void ahead(int octet, int part, int parts) {
        for (int line = part; line < EIGHT; line += parts) {
            a.prefetchSecond(at(R8, CACHE_LINE * (octet * EIGHT + line)));
        }
        for (int row = part; row < EIGHT; row += parts) {
            Gpr base = row < 4 ? LOW[octet] : HIGH[octet];
            a.prefetch(switch (row % 4) {
                case 0 -> at(base, NEAR);
                case 1 -> at(base, RSI, 1, NEAR);
                case 2 -> at(base, RSI, 2, NEAR);
                default -> at(base, RAX, 1, NEAR);
            });
        }
    }

    private static Ymm sum(int i) {
        return Ymm.of(10 + i);
    }

    private Memory x(int token, int offset) {
        return switch (token) {
            case 0 -> at(RCX, offset);
            case 1 -> at(RCX, R12, 1, offset);
            case 2 -> at(RCX, R12, 2, offset);
            case 3 -> at(RCX, R13, 1, offset);
            default -> at(RCX, R12, 4, offset);
        };
    }
}
