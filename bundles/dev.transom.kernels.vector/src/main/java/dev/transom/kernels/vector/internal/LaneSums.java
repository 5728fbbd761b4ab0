package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Exchange.FLIP_2;
import static dev.transom.kernels.vector.internal.Exchange.FLIP_4;
import static dev.transom.kernels.vector.internal.Exchange.FLIP_8;
import static dev.transom.kernels.vector.internal.Lanes.BYTES;
import static dev.transom.kernels.vector.internal.Lanes.FLOATS;
import static dev.transom.kernels.vector.internal.Lanes.LENGTH;
import static dev.transom.kernels.vector.internal.Lanes.MEMORY;
import static dev.transom.kernels.vector.internal.Lanes.ORDER;

import jdk.incubator.vector.FloatVector;

/** The orders in which the lanes of a vector of partial sums are added; never {@code reduceLanes}, whose order is not the same everywhere. */
final class LaneSums {

    /** Results that {@link #addTo} gives. */
    static final int ROWS = 16;
    /** Bytes that {@link #addTo} needs. */
    static final long SPARE = 2L * Transposition.SQUARE;

    private LaneSums() {
    }

    /**
     * Adds the lanes of each of sixteen vectors side by side to an element of y, first lane first: y + s0 + s1 + …, as
     * {@link PackedProduct} adds phases.
     *
     * @param sums  sixteen vectors
     * @param count how many of the sixteen are wanted
     * @param first whether y counts as zero
     */
    static void addTo(long y, long sums, int count, boolean first, long spare) {
        for (int part = 0; part < count; part += LENGTH) {
            Transposition.square(sums + (long) part * BYTES, BYTES, spare, BYTES, spare + Transposition.SQUARE);
            long at = y + 4L * part;
            FloatVector sum = first ? FloatVector.zero(FLOATS) : FloatVector.fromMemorySegment(FLOATS, MEMORY, at, ORDER);
            for (int lane = 0; lane < LENGTH; lane++) {
                sum = sum.add(FloatVector.fromMemorySegment(FLOATS, MEMORY, spare + (long) lane * BYTES, ORDER));
            }
            if (count - part >= LENGTH) {
                sum.intoMemorySegment(MEMORY, at, ORDER);
            } else {
                sum.intoMemorySegment(MEMORY, spare, ORDER);
                Lanes.copy(spare, at, 4L * (count - part));
            }
        }
    }

    /** Adds the lanes of one vector, those half a vector apart first. */
    static float one(FloatVector sums) {
        FloatVector s = sums;
        if (LENGTH > 8) {
            s = s.add(s.rearrange(FLIP_8));
        }
        if (LENGTH > 4) {
            s = s.add(s.rearrange(FLIP_4));
        }
        s = s.add(s.rearrange(FLIP_2));
        return s.lane(0) + s.lane(1);
    }
}
