package dev.transom.app.inspect.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.sizing.Sizing.Estimate;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

class RoomTest {

    private int asked;

    @Test
    void findsTheLastSmallNumberThatFitsExactly() {
        for (int last = 1; last < 100; last++) {
            assertEquals(last, most(1024, 10L * last + 9, n -> 10L * n));
            // Steps as blocks make them.
            assertEquals(last / 8 * 8 + 7, most(1024, 80L * (last / 8 + 1), n -> 80L * (n / 8 + 1)));
        }
    }

    @Test
    void isWithinAHundredthAboveAndNeverTooLarge() {
        for (int last = 100; last < 100_000; last = last * 3 / 2 + 7) {
            // A curve as attention's scratch could make it.
            long available = last + (long) last * last / 50_000;
            int found = most(131_072, available, n -> n + (long) n * n / 50_000);
            assertTrue(found <= last && found >= last * 0.99 - 1, found + " for " + last);
        }
        assertTrue(asked < 30 * 20, asked + " plans");
    }

    @Test
    void knowsAllAndNone() {
        assertEquals(1024, most(1024, 1024, n -> n));
        assertEquals(0, most(1024, 99, n -> 100));
        assertEquals(1, most(1, 5, n -> n));
    }

    private int most(int limit, long available, IntToLongFunction total) {
        return Room.most(limit, n -> {
            asked++;
            return new Estimate(total.applyAsLong(n), 0, 0, 0, 0, 0, 0, available);
        });
    }
}
