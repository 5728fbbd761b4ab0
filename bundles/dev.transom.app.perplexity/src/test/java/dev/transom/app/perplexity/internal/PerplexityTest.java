package dev.transom.app.perplexity.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.app.perplexity.internal.Windows.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PerplexityTest {

    @Test
    void aFairCoinHasPerplexityTwoAndNoError() {
        float half = (float) Math.log(0.5);
        Perplexity coin = Perplexity.NONE.plus(new float[] {half, half}).plus(new float[] {half});
        assertEquals(3, coin.tokens());
        assertEquals(2, coin.value(), 1e-6);
        assertEquals(0, coin.error(), 1e-3);
    }

    @Test
    void theErrorIsThatOfTheMeanTimesThePerplexity() {
        Perplexity two = Perplexity.NONE.plus(new float[] {-1, -3});
        assertEquals(Math.exp(2), two.value(), 1e-9);
        assertEquals(Math.exp(2) * 1, two.error(), 1e-9);
    }

    @Test
    void eachTokenIsPredictedOnceFromEnoughBeforeIt() {
        for (int length : new int[] {2, 3, 7, 8, 9, 40, 41}) {
            for (int stride = 1; stride <= 7; stride++) {
                for (int[] begin : new int[][] {{}, {99}}) {
                    everyTokenOnce(length, stride, begin);
                }
            }
        }
    }

    private static void everyTokenOnce(int length, int stride, int[] begin) {
        int[] ids = IntStream.range(0, length).toArray();
        List<Integer> predicted = new ArrayList<>();
        List<Window> windows = new Windows(ids, begin, 8, stride).all();
        for (Window window : windows) {
            assertTrue(window.ids().length <= 8);
            assertArrayEquals(begin, java.util.Arrays.copyOf(window.ids(), begin.length));
            boolean first = predicted.isEmpty();
            assertTrue(window.from() >= 1);
            assertTrue(first || window.from() >= Math.min(8 - stride, predicted.size()), "context of " + window.from());
            for (int at = window.from(); at < window.ids().length; at++) {
                predicted.add(window.ids()[at]);
            }
        }
        assertEquals(IntStream.range(begin.length == 0 ? 1 : 0, length).boxed().toList(), predicted);
    }
}
