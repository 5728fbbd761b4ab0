package dev.transom.kernels.x86.internal.asm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Writes x86-64 instructions: as many as the kernels need. Operands stand in Intel's order, the destination first. Vector
 * instructions are rows of {@link Vex}; the others are methods.
 */
public final class Assembler {

    private final List<Label> labels = new ArrayList<>();
    private final Map<List<Integer>, Label> constants = new LinkedHashMap<>();
    private byte[] code = new byte[4096];
    private int size;

    /** The code and its constants, when every label that is used has been bound. */
    public byte[] bytes() {
        constants.forEach((words, label) -> {
            align(4 * words.size());
            bind(label);
            words.forEach(this::int32);
        });
        constants.clear();
        for (Label label : labels) {
            if (label.position < 0) {
                throw new IllegalStateException("every label that is jumped to must be bound; one is not");
            }
            for (int use : label.uses) {
                int32(use, label.position - use - 4 + code[use]);
            }
        }
        return Arrays.copyOf(code, size);
    }

    public void bind(Label label) {
        label.position = size;
    }

    /** A label here. */
    public Label here() {
        Label label = new Label();
        bind(label);
        return label;
    }

    /** Fills up with no-operations to a multiple of {@code bytes}. */
    public void align(int bytes) {
        while (size % bytes != 0) {
            put(0x90);
        }
    }

    // Vectors.

    /** Two operands, such as a load, a store or a conversion. */
    public void v(Vex op, Operand register, Operand other) {
        vex(op, register, 0, other);
        modrm(register.number(), other, 0);
    }

    /** Destination and two sources. */
    public void v(Vex op, Operand destination, Operand first, Operand second) {
        vex(op, destination, first.number(), second);
        modrm(destination.number(), second, 0);
    }

    /** Two operands and a constant. */
    public void v(Vex op, Operand register, Operand other, int immediate) {
        vex(op, register, 0, other);
        modrm(register.number(), other, 1);
        put(immediate);
    }

    /** Destination, two sources and a constant, or the number of a third source times 16. */
    public void v(Vex op, Operand destination, Operand first, Operand second, int immediate) {
        vex(op, destination, first.number(), second);
        modrm(destination.number(), second, 1);
        put(immediate);
    }

    public void shift(VexShift op, Operand destination, Operand source, int count) {
        prefix(1, 1, 0, wide(source), op.kind, destination.number(), source);
        put(op.opcode);
        modrm(op.kind, source, 1);
        put(count);
    }

    /** To be done before returning, or Java's own code becomes slow. */
    public void vzeroupper() {
        put(0xc5, 0xf8, 0x77);
    }

    private void vex(Vex op, Operand register, int second, Operand rm) {
        prefix(op.prefix, op.map, op.w, wide(register), register.number(), second, rm);
        put(op.opcode);
    }

    private static int wide(Operand operand) {
        return operand instanceof Ymm ? 1 : 0;
    }

    private void prefix(int prefix, int map, int w, int length, int register, int second, Operand rm) {
        int x = rm instanceof Memory memory && memory.index() != null ? memory.index().number() >> 3 : 0;
        int b = rm instanceof Memory memory && memory.base() == null ? 0 : rm.number() >> 3;
        int last = (~second & 15) << 3 | length << 2 | prefix;
        int r = (~register >> 3 & 1) << 7;
        if (x == 0 && b == 0 && w == 0 && map == 1) {
            put(0xc5, r | last);
        } else {
            put(0xc4, r | (1 - x) << 6 | (1 - b) << 5 | map, w << 7 | last);
        }
    }

    // Integers of 64 bits.

    public void mov(Gpr to, Operand from) {
        wide(to, from, 0x8b);
    }

    public void store(Memory to, Gpr from) {
        wide(from, to, 0x89);
    }

    public void mov(Gpr to, long value) {
        if (value == (int) value) {
            rex(1, 0, to);
            put(0xc7, 0xc0 | to.number() & 7);
            int32((int) value);
        } else {
            rex(1, 0, to);
            put(0xb8 | to.number() & 7);
            int32((int) value);
            int32((int) (value >>> 32));
        }
    }

    /** 32 bits, the upper half zero. */
    public void store32(Memory to, Gpr from) {
        rex(0, from.number(), to);
        put(0x89);
        modrm(from.number(), to, 0);
    }

    /** 32 bits, the upper half zero. */
    public void mov32(Gpr to, Operand from) {
        rex(0, to.number(), from);
        put(0x8b);
        modrm(to.number(), from, 0);
    }

    /** 16 bits, the upper part zero. */
    public void movzx16(Gpr to, Operand from) {
        rex(0, to.number(), from);
        put(0x0f, 0xb7);
        modrm(to.number(), from, 0);
    }

    /** 8 bits of memory, the upper part zero. */
    public void movzx8(Gpr to, Memory from) {
        rex(0, to.number(), from);
        put(0x0f, 0xb6);
        modrm(to.number(), from, 0);
    }

    public void lea(Gpr to, Memory from) {
        wide(to, from, 0x8d);
    }

    public void add(Gpr to, Operand from) {
        wide(to, from, 0x03);
    }

    public void sub(Gpr to, Operand from) {
        wide(to, from, 0x2b);
    }

    public void and(Gpr to, Operand from) {
        wide(to, from, 0x23);
    }

    public void or(Gpr to, Operand from) {
        wide(to, from, 0x0b);
    }

    public void cmp(Gpr left, Operand right) {
        wide(left, right, 0x3b);
    }

    public void test(Gpr left, Gpr right) {
        wide(left, right, 0x85);
    }

    public void imul(Gpr to, Operand by) {
        rex(1, to.number(), by);
        put(0x0f, 0xaf);
        modrm(to.number(), by, 0);
    }

    public void add(Gpr to, int value) {
        immediate(0, to, value);
    }

    public void or(Gpr to, int value) {
        immediate(1, to, value);
    }

    public void and(Gpr to, int value) {
        immediate(4, to, value);
    }

    public void sub(Gpr to, int value) {
        immediate(5, to, value);
    }

    public void cmp(Gpr left, int value) {
        immediate(7, left, value);
    }

    public void shl(Gpr to, int count) {
        rex(1, 0, to);
        put(0xc1, 0xe0 | to.number() & 7, count);
    }

    public void shr(Gpr to, int count) {
        rex(1, 0, to);
        put(0xc1, 0xe8 | to.number() & 7, count);
    }

    private void immediate(int kind, Gpr to, int value) {
        rex(1, 0, to);
        if (value == (byte) value) {
            put(0x83, 0xc0 | kind << 3 | to.number() & 7, value);
        } else {
            put(0x81, 0xc0 | kind << 3 | to.number() & 7);
            int32(value);
        }
    }

    private void wide(Gpr register, Operand other, int opcode) {
        rex(1, register.number(), other);
        put(opcode);
        modrm(register.number(), other, 0);
    }

    private void rex(int w, int register, Operand rm) {
        int x = rm instanceof Memory memory && memory.index() != null ? memory.index().number() >> 3 : 0;
        int b = rm instanceof Memory memory && memory.base() == null ? 0 : rm.number() >> 3;
        int rex = 0x40 | w << 3 | register >> 3 << 2 | x << 1 | b;
        if (rex != 0x40) {
            put(rex);
        }
    }

    // Control.

    public void push(Gpr register) {
        rex(0, 0, register);
        put(0x50 | register.number() & 7);
    }

    public void pop(Gpr register) {
        rex(0, 0, register);
        put(0x58 | register.number() & 7);
    }

    public void jump(Label to) {
        put(0xe9);
        offset(to);
    }

    public void jump(Condition condition, Label to) {
        put(0x0f, 0x80 | condition.code);
        offset(to);
    }

    public void ret() {
        put(0xc3);
    }

    /** Asks for a line in all caches. */
    public void prefetch(Memory at) {
        prefetch(1, at);
    }

    /** Asks for a line in the second-level cache. */
    public void prefetchSecond(Memory at) {
        prefetch(2, at);
    }

    private void prefetch(int hint, Memory at) {
        rex(0, hint, at);
        put(0x0f, 0x18);
        modrm(hint, at, 0);
    }

    public void cpuid() {
        put(0x0f, 0xa2);
    }

    public void xgetbv() {
        put(0x0f, 0x01, 0xd0);
    }

    /** Words that will stand behind the code. */
    public Memory constant(int... words) {
        return Memory.at(constants.computeIfAbsent(IntStream.of(words).boxed().toList(), _ -> new Label()));
    }

    /** A vector of 32 bytes, the same in each, that will stand behind the code. */
    public Memory everyByte(int value) {
        return everyWord(value * 0x01010101);
    }

    /** A vector of eight words of 32 bits, the same in each, that will stand behind the code. */
    public Memory everyWord(int value) {
        return constant(value, value, value, value, value, value, value, value);
    }

    /** A vector of eight floats, the same in each, that will stand behind the code. */
    public Memory everyFloat(float value) {
        return everyWord(Float.floatToRawIntBits(value));
    }

    private void offset(Label to) {
        use(to);
        int32(0);
    }

    private void use(Label label) {
        if (label.uses.isEmpty()) {
            labels.add(label);
        }
        label.uses.add(size);
    }

    /** @param behind bytes of the instruction behind this operand */
    private void modrm(int register, Operand rm, int behind) {
        int field = (register & 7) << 3;
        if (!(rm instanceof Memory memory)) {
            put(0xc0 | field | rm.number() & 7);
            return;
        }
        if (memory.label() != null) {
            put(field | 5);
            use(memory.label());
            int32(-behind);
            return;
        }
        int base = memory.base().number() & 7;
        int displacement = memory.displacement();
        int mode = displacement == 0 && base != 5 ? 0 : displacement == (byte) displacement ? 1 : 2;
        if (memory.index() != null || base == 4) {
            int index = memory.index() == null ? 4 : memory.index().number() & 7;
            put(mode << 6 | field | 4, Integer.numberOfTrailingZeros(memory.scale()) << 6 | index << 3 | base);
        } else {
            put(mode << 6 | field | base);
        }
        if (mode == 1) {
            put(displacement);
        } else if (mode == 2) {
            int32(displacement);
        }
    }

    private void put(int... values) {
        if (size + values.length > code.length) {
            code = Arrays.copyOf(code, 2 * code.length);
        }
        for (int value : values) {
            code[size++] = (byte) value;
        }
    }

    private void int32(int value) {
        put(value, value >> 8, value >> 16, value >> 24);
    }

    private void int32(int at, int value) {
        for (int i = 0; i < 4; i++) {
            code[at + i] = (byte) (value >> 8 * i);
        }
    }
}
