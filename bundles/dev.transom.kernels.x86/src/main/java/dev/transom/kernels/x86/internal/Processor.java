package dev.transom.kernels.x86.internal;

import static dev.transom.kernels.x86.internal.asm.Gpr.RAX;
import static dev.transom.kernels.x86.internal.asm.Gpr.RBX;
import static dev.transom.kernels.x86.internal.asm.Gpr.RCX;
import static dev.transom.kernels.x86.internal.asm.Gpr.RDI;
import static dev.transom.kernels.x86.internal.asm.Gpr.RDX;
import static dev.transom.kernels.x86.internal.asm.Gpr.RSI;
import static dev.transom.kernels.x86.internal.asm.Memory.at;

import dev.transom.kernels.x86.internal.asm.Assembler;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * What this processor and its operating system can do, asked by an emitted {@code cpuid}.
 *
 * @param missing what the kernels need and do not find, for a sentence; empty where they run
 */
record Processor(List<String> missing) {

    private static final long VECTOR_STATE = 6;

    static Processor examine() {
        Assembler a = new Assembler();
        a.push(RBX);
        a.mov(RAX, RSI);
        a.mov(RCX, RDX);
        a.cpuid();
        a.store32(at(RDI), RAX);
        a.store32(at(RDI, 4), RBX);
        a.store32(at(RDI, 8), RCX);
        a.store32(at(RDI, 12), RDX);
        a.pop(RBX);
        a.ret();
        MachineCode cpuid = MachineCode.of(a);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment registers = arena.allocate(16, 16);
            cpuid.call(registers.address(), 0, 0, 0, 0, 0);
            int leaves = registers.getAtIndex(ValueLayout.JAVA_INT, 0);
            cpuid.call(registers.address(), 1, 0, 0, 0, 0);
            int basic = registers.getAtIndex(ValueLayout.JAVA_INT, 2);
            int extended = 0;
            if (leaves >= 7) {
                cpuid.call(registers.address(), 7, 0, 0, 0, 0);
                extended = registers.getAtIndex(ValueLayout.JAVA_INT, 1);
            }
            List<String> missing = new ArrayList<>();
            need(missing, "FMA", basic, 12);
            need(missing, "AVX", basic, 28);
            need(missing, "F16C", basic, 29);
            need(missing, "AVX2", extended, 5);
            if ((basic >> 27 & 1) == 0 || (state() & VECTOR_STATE) != VECTOR_STATE) {
                missing.add("an operating system that keeps vector registers");
            }
            return new Processor(List.copyOf(missing));
        }
    }

    private static void need(List<String> missing, String name, int features, int bit) {
        if ((features >> bit & 1) == 0) {
            missing.add(name);
        }
    }

    /** Which registers the operating system saves. */
    private static long state() {
        Assembler a = new Assembler();
        a.mov(RCX, 0);
        a.xgetbv();
        a.ret();
        return MachineCode.of(a).call(0, 0, 0, 0, 0, 0);
    }
}
