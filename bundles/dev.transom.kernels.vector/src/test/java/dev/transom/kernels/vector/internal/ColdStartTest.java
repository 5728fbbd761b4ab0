package dev.transom.kernels.vector.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ColdStartTest {

    private static final int ROWS = LaneSums.ROWS;
    private static final int SIZE = 3 * Lanes.LENGTH;

    private final Random random = new Random(3);

    @Test
    void plainLoopsGiveTheBitsOfVectors() {
        for (Storage storage : Storage.values()) {
            for (int real : new int[] {SIZE, SIZE - 5}) {
                for (boolean first : new boolean[] {true, false}) {
                    compare(storage, real, first);
                }
            }
        }
    }

    @Test
    void plainFunctionsGiveTheBitsOfVectors() {
        float[] odd = {0, -0f, 1e-30f, -1e-30f, Float.MIN_VALUE, 87, 88.7f, 89, 104, 105, -87, -103.9f, -105, 1e30f, -1e30f,
            Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN};
        int count = 4096;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment x = arena.allocate(4L * count, 64);
            MemorySegment vectors = arena.allocate(4L * count, 64);
            MemorySegment plain = arena.allocate(4L * count, 64);
            for (int i = 0; i < count; i++) {
                x.setAtIndex(ValueLayout.JAVA_FLOAT, i, i < odd.length ? odd[i] : (float) (random.nextGaussian() * (1 << i % 7)));
            }
            for (Function function : Function.values()) {
                if (PlainFunctions.knows(function)) {
                    function.apply(x.address(), vectors.address(), count);
                    PlainFunctions.apply(function, x.address(), plain.address(), count);
                    for (int i = 0; i < count; i++) { // every NaN is as good as another
                        assertEquals(vectors.getAtIndex(ValueLayout.JAVA_FLOAT, i), plain.getAtIndex(ValueLayout.JAVA_FLOAT, i),
                            function::name);
                    }
                }
            }
        }
    }

    @Test
    void vectorsGetAQuarterOfTheTimeUntilTheyAreQuickerFourTimesInTurn() {
        Pace pace = new Pace(false, 0);
        assertFalse(pace.vectors(), "plain loops go first");
        pace.plain(100, 10);
        assertTrue(pace.vectors());
        pace.vector(500, 10);
        assertFalse(pace.vectors(), "500 is more than a quarter of 100");
        pace.plain(1901, 10);
        assertTrue(pace.vectors());
        pace.vector(50, 10);
        pace.vector(50, 10);
        pace.vector(50, 10);
        pace.vector(101, 10);
        assertFalse(pace.warm(), "one was slower than 100, the best of plain loops");
        for (int i = 0; i < 4; i++) {
            assertFalse(pace.warm());
            pace.vector(99, 10);
        }
        assertTrue(pace.warm());
    }

    @Test
    void vectorsGetNoTimeBeforePatienceIsOver() {
        Pace pace = new Pace(false, 1000);
        pace.plain(999, 10);
        assertFalse(pace.vectors());
        pace.plain(1, 10);
        assertTrue(pace.vectors());
    }

    private void compare(Storage storage, int real, boolean first) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment x = floats(arena, SIZE, real);
            MemorySegment w = arena.allocate((long) ROWS * real * storage.bytes(), 64);
            for (int i = 0; i < ROWS * real; i++) {
                float value = (float) random.nextGaussian();
                switch (storage) {
                    case F32 -> w.setAtIndex(ValueLayout.JAVA_FLOAT, i, value);
                    case F16 -> w.setAtIndex(ValueLayout.JAVA_SHORT, i, Float.floatToFloat16(value));
                    case BF16 -> w.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) (Float.floatToRawIntBits(value) >>> 16));
                }
            }
            MemorySegment y = floats(arena, ROWS, ROWS);
            MemorySegment byVectors = arena.allocate(4L * ROWS, 64).copyFrom(y);
            vectors(arena, storage, x, w, real, first, byVectors);
            PlainDots plain = new PlainDots(storage, ROWS, SIZE);
            plain.weights(w.address(), (long) real * storage.bytes(), ROWS, SIZE, real);
            plain.token(x.address(), ROWS, SIZE, first, y.address());
            assertEquals(-1, y.mismatch(byVectors), storage + " " + real + " " + first);
        }
    }

    private void vectors(Arena arena, Storage storage, MemorySegment x, MemorySegment w, int real, boolean first, MemorySegment y) {
        MemorySegment floats = arena.allocate(4L * ROWS * SIZE, 64);
        for (int r = 0; r < ROWS; r++) {
            storage.expand(w.address() + (long) r * real * storage.bytes(), floats.address() + 4L * r * SIZE, real);
        }
        MemorySegment sums = arena.allocate((long) DotTile.TOKENS * ROWS * Lanes.BYTES, 64);
        int apart = ROWS / DotTile.ROWS;
        for (int g = 0; g < apart; g++) {
            DotTile.run(1, x.address(), 4L * SIZE, floats.address() + 4L * g * SIZE, 4L * apart * SIZE, SIZE / Lanes.LENGTH,
                sums.address() + (long) g * Lanes.BYTES);
        }
        LaneSums.addTo(y.address(), sums.address(), ROWS, first, arena.allocate(LaneSums.SPARE, 64).address());
    }

    /** Random numbers, zeros after {@code real} of them. */
    private MemorySegment floats(Arena arena, int size, int real) {
        MemorySegment floats = arena.allocate(4L * size, 64);
        for (int i = 0; i < real; i++) {
            floats.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.nextGaussian());
        }
        return floats;
    }
}
