package dev.transom.kernels.x86.internal;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.transom.kernels.x86.internal.asm.Assembler;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Consumer;

/**
 * Code of our own in memory of its own, and the call of it. Memory is written first and made executable then, never both at
 * once; it is given back when nothing refers to it any more.
 *
 * <p>Everything has one signature, six integers to one, which is also what the kernel's functions for memory get along with:
 * Java then makes a single stub. The call is "critical": it must return soon, for the garbage collector waits for it.
 */
final class MachineCode {

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle CALL = LINKER.downcallHandle(
        FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
        Linker.Option.critical(false));

    private static final long READ_WRITE = 1 | 2;
    private static final long READ_EXECUTE = 1 | 4;
    private static final long PRIVATE_ANONYMOUS = 2 | 32;
    private static final long PAGE = 4096;

    private final MemorySegment entry;

    private MachineCode(MemorySegment entry) {
        this.entry = entry;
    }

    /** Makes finished code ready to be called; throws IllegalStateException where the system refuses executable memory. */
    static MachineCode of(Assembler assembler) {
        byte[] code = assembler.bytes();
        long bytes = (code.length + PAGE - 1) / PAGE * PAGE;
        long address = system("mmap", 0, bytes, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0);
        if (address == -1) {
            throw new IllegalStateException("the system gave no memory for machine code");
        }
        MemorySegment memory = MemorySegment.ofAddress(address)
            .reinterpret(bytes, Arena.ofAuto(), unmapping(address, bytes));
        MemorySegment.copy(code, 0, memory, ValueLayout.JAVA_BYTE, 0, code.length);
        if (system("mprotect", address, bytes, READ_EXECUTE, 0, 0, 0) != 0) {
            throw new IllegalStateException("the system refuses executable memory (mprotect)");
        }
        return new MachineCode(memory);
    }

    /** Made of Java's own classes alone: one of ours would be held until the memory is given back, and hold the memory. */
    @SuppressWarnings("unchecked")
    private static Consumer<MemorySegment> unmapping(long address, long bytes) {
        MethodHandle unmap = MethodHandles.insertArguments(CALL, 0, LINKER.defaultLookup().findOrThrow("munmap"), address, bytes, 0L, 0L,
            0L, 0L);
        return MethodHandleProxies.asInterfaceInstance(Consumer.class,
            MethodHandles.dropArguments(unmap, 0, Object.class).asType(MethodType.methodType(void.class, Object.class)));
    }

    private static long system(String function, long a, long b, long c, long d, long e, long f) {
        return call(LINKER.defaultLookup().findOrThrow(function), a, b, c, d, e, f);
    }

    long call(long a, long b, long c, long d, long e, long f) {
        return call(entry, a, b, c, d, e, f);
    }

    private static long call(MemorySegment entry, long a, long b, long c, long d, long e, long f) {
        try {
            return (long) CALL.invokeExact(entry, a, b, c, d, e, f);
        } catch (RuntimeException | Error broken) {
            throw broken;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }
}
