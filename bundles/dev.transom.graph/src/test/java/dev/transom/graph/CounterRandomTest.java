package dev.transom.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CounterRandomTest {

    /** The line of Random123's kat_vectors for philox4x32-10 with counter and key zero. */
    @Test
    void agreesWithTheAuthorsKnownAnswer() {
        int[] zeros = {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8};
        // Bits 0 and 1 of the element choose the word; the counter's lower half is the element shifted by two.
        for (int word = 0; word < 4; word++) {
            assertEquals(zeros[word], CounterRandom.bits(0, 0, 0, word));
        }
    }

    @Test
    void uniformNumbersFillTheIntervalEvenly() {
        int[] bins = new int[16];
        for (int i = 0; i < 160_000; i++) {
            float number = CounterRandom.uniform(7, 1, 2, i);
            assertTrue(number >= 0 && number < 1);
            bins[(int) (number * 16)]++;
        }
        for (int bin : bins) {
            assertEquals(10_000, bin, 500); // five standard deviations of √(160000·(1/16)·(15/16)) = 97
        }
    }

    @Test
    void everyPartOfTheCounterMatters() {
        int bits = CounterRandom.bits(1, 2, 3, 4);
        assertTrue(bits != CounterRandom.bits(2, 2, 3, 4));
        assertTrue(bits != CounterRandom.bits(1L << 40 | 1, 2, 3, 4));
        assertTrue(bits != CounterRandom.bits(1, 3, 3, 4));
        assertTrue(bits != CounterRandom.bits(1, 2, 4, 4));
        assertTrue(bits != CounterRandom.bits(1, 2, 3, 5));
        assertTrue(bits != CounterRandom.bits(1, 2, 3, 4 + (1L << 40)));
    }
}
