package dev.transom.app.bench.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {

    @Test
    void ratesAreWorkPerSecond() {
        assertArrayEquals(new double[] {50, 25}, new Samples(List.of(2.0, 4.0)).rates(100));
    }

    @Test
    void theMedianIsTheMiddleValueOrTheMeanOfTwo() {
        assertEquals(3, Samples.median(9, 3, 1));
        assertEquals(2, Samples.median(9, 3, 1, 1));
        assertEquals(7, Samples.median(7));
    }

    @Test
    void theDeviationDividesByOneLess() {
        // Mean 5; squares 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32; 32 / 7.
        assertEquals(Math.sqrt(32.0 / 7), Samples.deviation(2, 4, 4, 4, 5, 5, 7, 9), 1e-12);
        assertEquals(0, Samples.deviation(4));
    }

    @Test
    void someRunMustBeMeasured() {
        assertThrows(IllegalArgumentException.class, () -> new Samples(List.of()));
    }

    @Test
    void testsAreWarmedUpThenTakeTurns() throws InterruptedException {
        List<String> runs = new ArrayList<>();
        List<Samples> samples = new Stopwatch(3, 0).measure(List.of(() -> runs.add("a"), () -> runs.add("b")));
        assertEquals(List.of("a", "a", "b", "b", "a", "b", "a", "b", "a", "b"), runs);
        assertEquals(2, samples.size());
        assertEquals(3, samples.getFirst().seconds().size());
    }
}
