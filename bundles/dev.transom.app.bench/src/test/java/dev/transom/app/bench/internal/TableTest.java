package dev.transom.app.bench.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        assertEquals("""
            | model      |   t/s |
            | ---------- | ----: |
            | llama BF16 | 31.25 |
            | x·Wᵀ       |     1 |
            """, new Table(Table.left("model"), Table.right("t/s")).row("llama BF16", "31.25").row("x·Wᵀ", "1").print());
    }

    @Test
    void aRowHasACellForEachColumn() {
        assertThrows(IllegalArgumentException.class, () -> new Table(Table.left("a")).row("1", "2"));
    }

    @Test
    void figuresAreRoundedForPeople() {
        assertEquals("20.00 ± 10.00", Figures.spread(10, 30, 20));
        assertEquals("542.56 MiB", Figures.size(568_920_064L));
        assertEquals("1.06 GiB", Figures.size(1_137_840_128L));
        assertEquals("284.46 M", Figures.count(284_460_032L));
        assertEquals("1.24 B", Figures.count(1_235_814_400L));
        assertEquals("569 MB", Figures.megabytes(568_920_064L));
    }

    @Test
    void thePeakIsReadFromTheSystemsReport() {
        assertEquals(2048, ProcessMemory.peak("VmPeak:\t   10 kB\nVmHWM:\t       2 kB\nVmRSS:\t 1 kB\n").getAsLong());
        assertEquals(true, ProcessMemory.peak("").isEmpty());
    }
}
