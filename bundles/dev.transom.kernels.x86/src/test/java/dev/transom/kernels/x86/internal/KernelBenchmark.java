package dev.transom.kernels.x86.internal;

import dev.transom.api.kernel.Kernel;
import dev.transom.kernels.x86.internal.asm.Assembler;
import dev.transom.kernels.x86.internal.asm.Condition;
import dev.transom.kernels.x86.internal.asm.Gpr;
import dev.transom.kernels.x86.internal.asm.Label;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * Times kernels on one thread by the processor time they take, so that a busy machine disturbs little:
 * {@code KernelBenchmark [REPETITIONS [PART OF A NAME]]}. Prints the median and the best. Run by hand.
 */
public final class KernelBenchmark {

    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private final int repetitions;
    private final String wanted;

    private KernelBenchmark(int repetitions, String wanted) {
        this.repetitions = repetitions;
        this.wanted = wanted;
    }

    public static void main(String[] arguments) {
        KernelBenchmark benchmark = new KernelBenchmark(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15,
            arguments.length > 1 ? arguments[1] : "");
        clock();
        benchmark.tile(256);
        benchmark.tile(512);
        benchmark.tile(128);
        for (Storage storage : Storage.values()) {
            benchmark.time("near few by rows " + storage, "GB/s", storage.bytes() * 96.0 * 1024,
                () -> new ByRows(storage, 1024, 96, 1, false), new int[][] {{1, 1024}, {96, 1024}}, storage.bytes(), 1, 96);
        }
        for (BlockFormat format : BlockFormat.values()) {
            int k = 2048;
            for (int n : new int[] {96, 32_000}) {
                double bytes = (double) n * k / format.elements() * format.bytes();
                benchmark.time("fast " + format + " rows " + n, "GB/s", bytes, () -> new BlocksByRows(format, k, n, 1, true),
                    new int[][] {{1, k}, {n, k}}, 4, 1, n);
            }
        }
        benchmark.time("exact Q4_0 rows 32000", "GB/s", 32000.0 * 2048 / 32 * 18, () -> new BlocksByRows(BlockFormat.Q4_0, 2048,
            32_000, 1, false),
            new int[][] {{1, 2048}, {32_000, 2048}}, 4, 1, 32_000);
        for (int tokens : new int[] {8, 16, 24, 32, 64}) {
            benchmark.time("fast Q4_K tokens " + tokens, "GFLOP/s", 2.0 * 2048 * 2048 * tokens,
                () -> new BlocksByRows(BlockFormat.Q4_K, 2048, 2048, tokens, true), new int[][] {{tokens, 2048}, {2048, 2048}},
                4, tokens, 2048);
        }
        benchmark.products(512, 2048, 2048);
        benchmark.products(4096, 384, 1536);
        for (Storage storage : Storage.values()) {
            int n = 48_000;
            int k = 1024;
            for (int tokens : new int[] {1, 4}) {
                for (boolean fast : new boolean[] {false, true}) {
                    benchmark.time((fast ? "fast" : "exact") + " few by rows " + storage + " " + tokens, "GB/s",
                        (double) storage.bytes() * n * k, () -> new ByRows(storage, k, n, tokens, fast),
                        new int[][] {{tokens, k}, {n, k}}, storage.bytes(), tokens, n);
                }
                benchmark.time("few by columns " + storage + " " + tokens, "GB/s", (double) storage.bytes() * n * k,
                    () -> new ByColumns(storage, n, k, tokens), new int[][] {{tokens, n}, {n, k}}, storage.bytes(), tokens, k);
            }
        }
    }

    private void products(int m, int k, int n) {
        double work = 2.0 * m * k * n;
        String size = " " + m + "x" + k + "x" + n;
        time("many by rows" + size, "GFLOP/s", work, () -> new ByRows(Storage.F32, k, n, m, false),
            new int[][] {{m, k}, {n, k}}, 4, m, n);
        time("many by rows BF16" + size, "GFLOP/s", work, () -> new ByRows(Storage.BF16, k, n, m, false),
            new int[][] {{m, k}, {n, k}}, 2, m, n);
        time("many by columns" + size, "GFLOP/s", work, () -> new ByColumns(Storage.F32, n, k, m), new int[][] {{m, n}, {n, k}},
            4, m, k);
        time("many outer" + size, "GFLOP/s", work, () -> new OuterProduct(n, k, m), new int[][] {{m, n}, {m, k}}, 4, n, k);
    }

    /** The clock at which this runs: a chain of additions takes a cycle each. */
    private static void clock() {
        Assembler a = new Assembler();
        Label loop = a.here();
        for (int i = 0; i < 50; i++) {
            a.add(Gpr.RAX, Gpr.RCX);
        }
        a.sub(Gpr.RDI, 1);
        a.jump(Condition.NOT_ZERO, loop);
        a.ret();
        MachineCode code = MachineCode.of(a);
        double best = 0;
        for (int i = 0; i < 50; i++) {
            long began = CLOCK.getCurrentThreadCpuTime();
            code.call(20_000, 0, 0, 0, 0, 0);
            best = Math.max(best, 1e6 / (CLOCK.getCurrentThreadCpuTime() - began));
        }
        System.out.printf(Locale.ROOT, "clock %.2f GHz: %.1f GFLOP/s at most%n", best, 32 * best);
    }

    /** The tile alone on data in the first-level cache: what products cannot pass. */
    private void tile(int steps) {
        try (Arena arena = Arena.ofConfined()) {
            long data = arena.allocate(1 << 20, 64).address();
            double best = 0;
            for (int i = 0; i < 20 * repetitions; i++) {
                long began = CLOCK.getCurrentThreadCpuTime();
                for (int j = 0; j < 100; j++) {
                    Tile.run(false, data, data + 65536, steps, 6, 16, data + 131072, 64);
                }
                best = Math.max(best, 100.0 * 2 * 6 * 16 * steps / (CLOCK.getCurrentThreadCpuTime() - began));
            }
            System.out.printf(Locale.ROOT, "tile of %d steps %.1f GFLOP/s at best%n", steps, best);
        }
    }

    private void time(String name, String unit, double amount, java.util.function.Supplier<Kernel> kernel, int[][] shapes,
        int bytes,
            int rows, int columns) {
        if (!name.contains(wanted)) {
            return;
        }
        Random random = new Random(1);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment x = arena.allocate(4L * shapes[0][0] * shapes[0][1], 64);
            for (long i = 0; i < x.byteSize() / 4; i++) {
                x.setAtIndex(ValueLayout.JAVA_FLOAT, i, random.nextFloat() - 0.5f);
            }
            MemorySegment w = arena.allocate((long) bytes * shapes[1][0] * shapes[1][1], 64);
            w.fill((byte) 13);
            Run run = new Run(kernel.get(), 1, shapes, new MemorySegment[] {x, w}, rows, columns);
            int inner = (int) Math.max(1, 2e8 / amount);
            double[] rates = new double[repetitions];
            for (int i = -3; i < repetitions; i++) {
                long began = CLOCK.getCurrentThreadCpuTime();
                for (int j = 0; j < inner; j++) {
                    run.run();
                }
                rates[Math.max(0, i)] = inner * amount / (CLOCK.getCurrentThreadCpuTime() - began);
            }
            Arrays.sort(rates);
            System.out.printf(Locale.ROOT, "%-40s %7.1f median %7.1f best %s%n", name, rates[repetitions / 2],
                rates[repetitions - 1], unit);
        }
    }
}
