package dev.transom.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StopStringsTest {

    @Test
    void holdsBackWhatCouldBeginAStop() {
        StopStrings stops = new StopStrings(List.of("END", "\n\n"));
        assertEquals("a", stops.push("aE"));
        assertEquals("", stops.push("N"));
        assertEquals("ENx", stops.push("x\n"));
        assertEquals("\nb", stops.push("b"));
        assertEquals("", stops.push("EN"));
        assertEquals("EN", stops.finish());
        assertFalse(stops.stopped());
    }

    @Test
    void cutsBeforeTheStopThatIsCompleteFirst() {
        assertEquals("abx", new StopStrings(List.of("xyz1", "yz")).push("abxyz1"));
        StopStrings stops = new StopStrings(List.of("yz", "xyz"));
        assertEquals("ab", stops.push("abxyzc"));
        assertTrue(stops.stopped());
        assertEquals("", stops.push("more"));
        assertEquals("", stops.finish());
    }

    @Test
    void anyCuttingIntoPiecesGivesTheSameText() {
        Random random = new Random(2);
        for (int round = 0; round < 2000; round++) {
            String text = random.ints(20, 0, 3).collect(StringBuilder::new, (b, i) -> b.append("ab\n".charAt(i)), StringBuilder::append)
                .toString();
            List<String> stop = List.of(text.substring(random.nextInt(10), 11 + random.nextInt(3)), "bbb");
            int end = Math.min(end(text, stop.get(0)), end(text, stop.get(1)));
            int first = Math.min(at(text.substring(0, end), stop.get(0)), at(text.substring(0, end), stop.get(1)));
            StopStrings stops = new StopStrings(stop);
            StringBuilder given = new StringBuilder();
            int from = 0;
            while (from < text.length()) {
                int to = Math.min(text.length(), from + 1 + random.nextInt(4));
                given.append(stops.push(text.substring(from, to)));
                from = to;
            }
            given.append(stops.finish());
            assertEquals(text.substring(0, Math.min(first, text.length())), given.toString());
        }
    }

    private static int end(String text, String stop) {
        int found = text.indexOf(stop);
        return found < 0 ? text.length() : found + stop.length();
    }

    private static int at(String text, String stop) {
        int found = text.indexOf(stop);
        return found < 0 ? text.length() : found;
    }
}
