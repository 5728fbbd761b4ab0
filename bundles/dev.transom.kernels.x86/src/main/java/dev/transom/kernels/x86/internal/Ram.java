package dev.transom.kernels.x86.internal;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/** All of native memory by address, unchecked. */
final class Ram {

    private static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final VarHandle COUNTER = ValueLayout.JAVA_LONG.varHandle();

    private Ram() {
    }

    static float real(long at) {
        return MEMORY.get(FLOAT, at);
    }

    static void real(long at, float value) {
        MEMORY.set(FLOAT, at, value);
    }

    static short half(long at) {
        return MEMORY.get(SHORT, at);
    }

    static long number(long at) {
        return MEMORY.get(LONG, at);
    }

    static void number(long at, long value) {
        MEMORY.set(LONG, at, value);
    }

    /** Takes the next number of a counter that threads share. */
    static int next(long at) {
        return (int) (long) COUNTER.getAndAdd(MEMORY, at, 1L);
    }

    static void zero(long at, long bytes) {
        if (bytes > 0) {
            MEMORY.asSlice(at, bytes).fill((byte) 0);
        }
    }

    static void copy(long from, long to, long bytes) {
        MemorySegment.copy(MEMORY, from, MEMORY, to, bytes);
    }
}
