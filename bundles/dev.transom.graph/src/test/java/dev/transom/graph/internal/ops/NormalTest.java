package dev.transom.graph.internal.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class NormalTest {

    @Test
    void errorFunctionIsWithinFourUnitsOfTheLastPlace() {
        // CPython's math.erf and math.erfc
        assertEquals(0.5204998778130465, Normal.erf(0.5), 4e-16);
        assertEquals(0.8427007929497149, Normal.erf(1), 4e-16);
        assertEquals(0.9953015566513705, Normal.erf(1.999), 4e-16);
        assertEquals(0.9953222650189527, Normal.erf(2), 4e-16);
        assertEquals(-0.999593047982555, Normal.erf(-2.5), 4e-16);
        assertEquals(0, Normal.erf(0));
    }

    @Test
    void complementKeepsItsDigitsInTheTail() {
        assertEquals(1, Normal.erfc(3) / 2.2090496998585438e-05, 9e-16);
        assertEquals(1, Normal.erfc(6) / 2.1519736712498916e-17, 9e-16);
        assertEquals(1.999593047982555, Normal.erfc(-2.5), 4e-16);
    }

    @Test
    void infinitiesAndNaNPass() {
        assertEquals(1, Normal.erf(Double.POSITIVE_INFINITY));
        assertEquals(2, Normal.erfc(Double.NEGATIVE_INFINITY));
        assertEquals(Double.NaN, Normal.erf(Double.NaN));
    }
}
