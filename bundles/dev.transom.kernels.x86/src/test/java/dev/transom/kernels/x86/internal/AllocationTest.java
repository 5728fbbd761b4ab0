package dev.transom.kernels.x86.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import dev.transom.api.kernel.Kernel;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A product allocates nothing once its code is compiled, with one token and with many. */
@EnabledIf("dev.transom.kernels.x86.internal.Available#here")
class AllocationTest {

    private static final int SIZE = 256;
    /** Runs that must pass without an allocation. */
    private static final int STRETCH = 200;
    /** The compiler may take its time on a busy machine. */
    private static final long PATIENCE_NANOS = 120_000_000_000L;

    private final ThreadMXBean clock = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Stream<Kernel> kernels() {
        return Stream.of(
            Stream.of(Storage.values()).<Kernel>mapMulti((storage, all) -> {
                all.accept(new ByRows(storage, SIZE, SIZE, 40, false));
                all.accept(new ByRows(storage, SIZE, SIZE, 40, true));
                all.accept(new ByColumns(storage, SIZE, SIZE, 40));
            }),
            Stream.<Kernel>of(new OuterProduct(SIZE, SIZE, 40)),
            Stream.of(BlockFormat.values()).<Kernel>mapMulti((format, all) -> {
                all.accept(new BlocksByRows(format, SIZE, SIZE, 40, true));
                all.accept(new BlocksByRows(format, SIZE, SIZE, 40, false));
                all.accept(new BlocksByColumns(format, SIZE, SIZE, 40));
            })).flatMap(kernels -> kernels);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void aProductAllocatesNothing(Kernel kernel) {
        MemorySegment data = Arena.ofAuto().allocate(4L * SIZE * SIZE, 64);
        for (int tokens : new int[] {1, 3, 33}) {
            boolean outer = kernel instanceof OuterProduct;
            Run run = new Run(kernel, 1, new int[][] {{tokens, SIZE}, {outer ? tokens : SIZE, SIZE}}, new MemorySegment[] {data,
                data},
                outer ? SIZE : tokens, SIZE);
            assertEquals(0, leastAllocated(run), "bytes allocated in " + STRETCH + " runs of " + tokens + " tokens");
        }
    }

    private long leastAllocated(Run run) {
        long least = Long.MAX_VALUE;
        long start = System.nanoTime();
        while (least > 0 && System.nanoTime() - start < PATIENCE_NANOS) {
            long before = clock.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < STRETCH; i++) {
                run.run();
            }
            least = Math.min(least, clock.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
