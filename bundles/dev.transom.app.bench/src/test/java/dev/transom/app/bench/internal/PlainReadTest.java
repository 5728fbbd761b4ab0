package dev.transom.app.bench.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlainReadTest {

    @Test
    void everyWordIsReadOnceByHoweverManyThreads() throws InterruptedException {
        try (Arena arena = Arena.ofShared()) {
            List<MemorySegment> segments = List.of(words(arena, 1000), words(arena, 7), words(arena, 320));
            for (int threads = 1; threads <= 4; threads++) {
                try (PlainRead read = new PlainRead(segments, threads)) {
                    read.run();
                    assertEquals(1327 * 8, read.bytes());
                    assertEquals(500_500 + 28 + 51_360, read.sum(), "threads " + threads);
                }
            }
        }
    }

    /** 1, 2, 3 …, whose sum is count · (count + 1) / 2. */
    private static MemorySegment words(Arena arena, int count) {
        MemorySegment words = arena.allocate(8L * count, 8);
        for (int i = 0; i < count; i++) {
            words.setAtIndex(ValueLayout.JAVA_LONG, i, i + 1);
        }
        return words;
    }
}
