package dev.transom.app.bench.internal;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads memory as fast as a few threads can: each sums the 64-bit words of its share. The limit of decoding. */
final class PlainRead implements AutoCloseable {

    private static final int BLOCK = 64;
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;

    private final ExecutorService threads;
    private final List<List<MemorySegment>> shares = new ArrayList<>();
    private final long bytes;
    private volatile long sum;

    /** Divides the segments, taken as one, evenly among threads. */
    PlainRead(List<MemorySegment> segments, int threads) {
        this.threads = Executors.newFixedThreadPool(threads);
        this.bytes = segments.stream().mapToLong(MemorySegment::byteSize).sum();
        for (int thread = 0; thread < threads; thread++) {
            shares.add(part(segments, cut(thread, threads), cut(thread + 1, threads)));
        }
    }

    /** Bytes that one run reads. */
    long bytes() {
        return bytes;
    }

    /** The sum of all words, so that no compiler leaves the reading out. */
    long sum() {
        return sum;
    }

    /** Reads everything once. */
    void run() throws InterruptedException {
        List<Future<Long>> parts = shares.stream().map(share -> threads.submit(() -> sum(share))).toList();
        try {
            long total = 0;
            for (Future<Long> part : parts) {
                total += part.get();
            }
            sum = total;
        } catch (ExecutionException failed) {
            throw new IllegalStateException("reading failed: " + failed.getCause(), failed);
        }
    }

    @Override
    public void close() {
        threads.close();
    }

    /** Where a thread's share begins: at a whole block, so that no word is cut apart. */
    private long cut(int thread, int threads) {
        return thread == threads ? bytes : bytes * thread / threads / BLOCK * BLOCK;
    }

    private static List<MemorySegment> part(List<MemorySegment> segments, long from, long to) {
        List<MemorySegment> part = new ArrayList<>();
        long at = 0;
        for (MemorySegment segment : segments) {
            long start = Math.max(from - at, 0);
            long end = Math.min(to - at, segment.byteSize());
            if (start < end) {
                part.add(segment.asSlice(start, end - start));
            }
            at += segment.byteSize();
        }
        return part;
    }

    private static long sum(List<MemorySegment> share) {
        long total = 0;
        for (MemorySegment segment : share) {
            for (long from = 0; from < segment.byteSize(); from += 1L << 30) {
                total += sum(segment.asSlice(from, Math.min(1L << 30, segment.byteSize() - from)));
            }
        }
        return total;
    }

    /** Several sums at once, so that no addition waits for the one before; an int counter lets bounds checks leave the loop. */
    private static long sum(MemorySegment segment) {
        long s0 = 0;
        long s1 = 0;
        long s2 = 0;
        long s3 = 0;
        int blocks = (int) (segment.byteSize() / BLOCK);
        for (int block = 0; block < blocks; block++) {
            long at = block * (long) BLOCK;
            s0 += segment.get(WORD, at) + segment.get(WORD, at + 8);
            s1 += segment.get(WORD, at + 16) + segment.get(WORD, at + 24);
            s2 += segment.get(WORD, at + 32) + segment.get(WORD, at + 40);
            s3 += segment.get(WORD, at + 48) + segment.get(WORD, at + 56);
        }
        for (long at = blocks * (long) BLOCK; at + 8 <= segment.byteSize(); at += 8) {
            s0 += segment.get(WORD, at);
        }
        return s0 + s1 + s2 + s3;
    }
}
