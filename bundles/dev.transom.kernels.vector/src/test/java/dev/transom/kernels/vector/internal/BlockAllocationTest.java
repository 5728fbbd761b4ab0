package dev.transom.kernels.vector.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import dev.transom.api.tensor.Format;
import dev.transom.blocks.Blocks;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Expanding blocks, and multiplying by them, allocates nothing once it is compiled: C2 keeps the vectors in registers. Run on its own it
 * also prints how fast one thread is ({@code -Dtransom.speed=true}).
 */
class BlockAllocationTest {

    private static final int ROWS = 64;
    private static final int COLUMNS = 2048;
    /** The compiler may take its time on a busy machine. */
    private static final long PATIENCE_NANOS = 120_000_000_000L;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @EnumSource
    void aProductAllocatesNothing(BlockStorage storage) {
        Format format = Blocks.named(storage.name()).orElseThrow();
        Random random = new Random(8);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment weights = arena.allocate(format.bytes((long) ROWS * COLUMNS), 64);
            for (long i = 0; i < weights.byteSize(); i++) {
                weights.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt(256));
            }
            MemorySegment x = arena.allocate(4L * COLUMNS, 64);
            MemorySegment to = arena.allocate(4L * COLUMNS + 4L * Lanes.BYTES, 64);
            long least = Long.MAX_VALUE;
            long start = System.nanoTime();
            while (least > 0 && System.nanoTime() - start < PATIENCE_NANOS) {
                long before = THREADS.getCurrentThreadAllocatedBytes();
                pass(storage, x.address(), weights.address(), to.address());
                least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
            }
            assertEquals(0, least, "bytes allocated in one pass");
            if (Boolean.getBoolean("transom.speed")) {
                speed(storage, x.address(), weights.address(), to.address());
            }
        }
    }

    private static void pass(BlockStorage storage, long x, long w, long to) {
        for (int row = 0; row < ROWS; row++) {
            storage.expand(w + storage.offset((long) row * COLUMNS), to, COLUMNS);
            if (storage.direct()) {
                storage.dot(x, w + storage.offset((long) row * COLUMNS), COLUMNS, to);
            }
        }
    }

    private static void speed(BlockStorage storage, long x, long w, long to) {
        double expand = Double.MAX_VALUE;
        double dot = Double.MAX_VALUE;
        for (int round = 0; round < 3000; round++) {
            long began = System.nanoTime();
            for (int row = 0; row < ROWS; row++) {
                storage.expand(w + storage.offset((long) row * COLUMNS), to, COLUMNS);
            }
            long between = System.nanoTime();
            for (int row = 0; storage.direct() && row < ROWS; row++) {
                storage.dot(x, w + storage.offset((long) row * COLUMNS), COLUMNS, to);
            }
            expand = Math.min(expand, between - began);
            dot = Math.min(dot, System.nanoTime() - between);
        }
        double bytes = storage.offset((long) ROWS * COLUMNS);
        double elements = (double) ROWS * COLUMNS;
        System.out.printf("%-7s expanded at %.1f G elements/s; multiplied at %.1f G elements/s = %.1f GB/s, one thread, best of 3000%n",
            storage, elements / expand, storage.direct() ? elements / dot : 0, storage.direct() ? bytes / dot : 0);
    }
}
