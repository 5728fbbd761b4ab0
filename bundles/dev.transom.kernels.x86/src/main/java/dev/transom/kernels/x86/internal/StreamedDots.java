package dev.transom.kernels.x86.internal;

import static dev.transom.kernels.x86.internal.asm.Gpr.R10;
import static dev.transom.kernels.x86.internal.asm.Gpr.R11;
import static dev.transom.kernels.x86.internal.asm.Gpr.R8;
import static dev.transom.kernels.x86.internal.asm.Gpr.R9;
import static dev.transom.kernels.x86.internal.asm.Gpr.RAX;
import static dev.transom.kernels.x86.internal.asm.Gpr.RBX;
import static dev.transom.kernels.x86.internal.asm.Gpr.RBP;
import static dev.transom.kernels.x86.internal.asm.Gpr.RCX;
import static dev.transom.kernels.x86.internal.asm.Gpr.RDI;
import static dev.transom.kernels.x86.internal.asm.Gpr.RDX;
import static dev.transom.kernels.x86.internal.asm.Gpr.RSI;
import static dev.transom.kernels.x86.internal.asm.Memory.at;
import static dev.transom.kernels.x86.internal.asm.Vex.VADDPS;
import static dev.transom.kernels.x86.internal.asm.Vex.VFMADD231PS;
import static dev.transom.kernels.x86.internal.asm.Vex.VMOVSS_STORE;
import static dev.transom.kernels.x86.internal.asm.Vex.VXORPS;

import dev.transom.kernels.x86.internal.asm.Assembler;
import dev.transom.kernels.x86.internal.asm.Condition;
import dev.transom.kernels.x86.internal.asm.Gpr;
import dev.transom.kernels.x86.internal.asm.Label;
import dev.transom.kernels.x86.internal.asm.Memory;
import dev.transom.kernels.x86.internal.asm.Ymm;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Products of few tokens with rows of weights, one row after the other as a plain read would take them, so that the processor
 * reads ahead by itself. The lanes lie along a row: sums take their steps in another order than a {@link Tile}'s, so these are
 * for fast numerics only.
 */
final class StreamedDots {

    /** The most tokens: as many as a row's time in memory pays for. */
    static final int TOKENS = RowDots.TOKENS;

    private static final int EIGHT = Packing.EIGHT;
    private static final int CACHE_LINE = 64;
    /** Bytes that are fetched ahead. */
    private static final int AHEAD = 1024;
    private static final int REGISTERS = 16;

    private static final class OneF32 {
        private static final MachineCode CODE = new StreamedDots(Storage.F32, 1).code();
    }

    private static final class OneF16 {
        private static final MachineCode CODE = new StreamedDots(Storage.F16, 1).code();
    }

    private static final class OneBf16 {
        private static final MachineCode CODE = new StreamedDots(Storage.BF16, 1).code();
    }

    private static final class SomeF32 {
        private static final List<MachineCode> CODES = some(Storage.F32);
    }

    private static final class SomeF16 {
        private static final List<MachineCode> CODES = some(Storage.F16);
    }

    private static final class SomeBf16 {
        private static final List<MachineCode> CODES = some(Storage.BF16);
    }

    private final Assembler a = new Assembler();
    private final Storage storage;
    private final int tokens;
    /** Sums of one token that need not wait for one another. */
    private final int chains;

    private StreamedDots(Storage storage, int tokens) {
        this.storage = storage;
        this.tokens = tokens;
        this.chains = tokens <= 3 ? 4 : 2;
    }

    /**
     * @param from    the first row
     * @param k       elements of a row, a multiple of 8
     * @param rows    at least 1
     * @param x       the first token's elements; the other tokens' follow
     * @param y       receives a float for each row
     * @param yStride bytes from one token's results to the next's
     */
    static void run(Storage storage, int tokens, long from, int k, int rows, long x, long y, long yStride) {
        MachineCode code = switch (storage) {
            case F32 -> tokens == 1 ? OneF32.CODE : SomeF32.CODES.get(tokens - 2);
            case F16 -> tokens == 1 ? OneF16.CODE : SomeF16.CODES.get(tokens - 2);
            case BF16 -> tokens == 1 ? OneBf16.CODE : SomeBf16.CODES.get(tokens - 2);
        };
        code.call(from, k, rows, x, y, yStride);
    }

    /** Code for each number of tokens from two on: one token is the usual number. */
    private static List<MachineCode> some(Storage storage) {
        return IntStream.rangeClosed(2, TOKENS).mapToObj(tokens -> new StreamedDots(storage, tokens).code()).toList();
    }

    /** RDI rows, RSI elements, RDX number of rows, RCX x, R8 y, R9 stride of y. */
    private MachineCode code() {
        List<Gpr> saved = List.of(RBX, RBP);
        saved.forEach(a::push);
        int step = chains * EIGHT;
        a.mov(RBX, RSI);
        a.shl(RBX, 2);
        a.lea(RBP, at(RBX, RBX, 2));
        Label row = a.here();
        for (int i = 0; i < tokens * chains; i++) {
            a.v(VXORPS, sum(i), sum(i), sum(i));
        }
        a.mov(R10, RCX);
        a.mov(R11, RSI);
        Label rest = new Label();
        Label ended = new Label();
        a.sub(R11, step);
        a.jump(Condition.LESS, rest);
        a.align(32);
        Label loop = a.here();
        for (int line = 0; line < step * storage.bytes(); line += CACHE_LINE) {
            a.prefetch(at(RDI, AHEAD + line));
        }
        steps(chains);
        a.sub(R11, step);
        a.jump(Condition.NOT_LESS, loop);
        a.bind(rest);
        a.add(R11, step);
        a.jump(Condition.ZERO, ended);
        Label single = a.here();
        steps(1);
        a.sub(R11, EIGHT);
        a.jump(Condition.NOT_ZERO, single);
        a.bind(ended);
        a.mov(RAX, R8);
        for (int token = 0; token < tokens; token++) {
            total(token);
            a.v(VMOVSS_STORE, sum(token * chains).low(), at(RAX));
            a.add(RAX, R9);
        }
        a.add(R8, 4);
        a.sub(RDX, 1);
        a.jump(Condition.NOT_ZERO, row);
        a.vzeroupper();
        saved.reversed().forEach(a::pop);
        a.ret();
        return MachineCode.of(a);
    }

    private void steps(int eights) {
        for (int i = 0; i < eights; i++) {
            Ymm w = Ymm.of(i % (REGISTERS - tokens * chains));
            Octet.read(a, storage, w, at(RDI, i * EIGHT * storage.bytes()));
            for (int token = 0; token < tokens; token++) {
                a.v(VFMADD231PS, sum(token * chains + i), w, x(token, 4 * EIGHT * i));
            }
        }
        a.add(RDI, eights * EIGHT * storage.bytes());
        a.add(R10, 4 * eights * EIGHT);
    }

    /** All lanes of all chains in the lowest lane of the first. */
    private void total(int token) {
        Ymm sum = sum(token * chains);
        for (int i = 1; i < chains; i++) {
            a.v(VADDPS, sum, sum, sum(token * chains + i));
        }
        Lanes.total(a, sum);
    }

    private static Ymm sum(int i) {
        return Ymm.of(REGISTERS - 1 - i);
    }

    private Memory x(int token, int offset) {
        return switch (token) {
            case 0 -> at(R10, offset);
            case 1 -> at(R10, RBX, 1, offset);
            case 2 -> at(R10, RBX, 2, offset);
            case 3 -> at(R10, RBP, 1, offset);
            default -> at(R10, RBX, 4, offset);
        };
    }
}
