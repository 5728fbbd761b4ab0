package dev.transom.app.inspect.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void threeDigitsAndDecimalUnits() {
        assertEquals("0 B", Figures.bytes(0));
        assertEquals("999 B", Figures.bytes(999));
        assertEquals("1.00 kB", Figures.bytes(1000));
        assertEquals("12.3 MB", Figures.bytes(12_345_678));
        assertEquals("124 MB", Figures.bytes(123_999_999));
        assertEquals("1.00 GB", Figures.bytes(999_500_000));
        assertEquals("10.0 TB", Figures.bytes(9_999_000_000_000L));
        assertEquals("2.50 PFLOP", Figures.flops(2.5e15));
        assertEquals("1,234,567", Figures.count(1_234_567));
    }
}
