package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Lanes.FLOATS;
import static dev.transom.kernels.vector.internal.Lanes.LENGTH;
import static dev.transom.kernels.vector.internal.Lanes.MEMORY;
import static dev.transom.kernels.vector.internal.Lanes.ORDER;

import jdk.incubator.vector.FloatVector;

/** Writes finished vectors of sums to a result whose rows need not be whole vectors. */
final class Columns {

    private Columns() {
    }

    /** Writes, or adds, the first {@code columns} (any number) elements of the vector at {@code from}. */
    static void store(long from, long to, int columns, boolean add) {
        if (columns >= LENGTH) {
            FloatVector sum = FloatVector.fromMemorySegment(FLOATS, MEMORY, from, ORDER);
            if (add) {
                sum = FloatVector.fromMemorySegment(FLOATS, MEMORY, to, ORDER).add(sum);
            }
            sum.intoMemorySegment(MEMORY, to, ORDER);
            return;
        }
        for (int i = 0; i < columns; i++) {
            float sum = Lanes.get(from + 4L * i);
            Lanes.set(to + 4L * i, add ? Lanes.get(to + 4L * i) + sum : sum);
        }
    }
}
