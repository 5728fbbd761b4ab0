package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Lanes.FLOATS;
import static dev.transom.kernels.vector.internal.Lanes.LENGTH;
import static dev.transom.kernels.vector.internal.Lanes.MEMORY;
import static dev.transom.kernels.vector.internal.Lanes.ORDER;

import jdk.incubator.vector.FloatVector;

/** Adds and copies parts of rows that need not be whole vectors. */
final class Columns {

    private Columns() {
    }

    /**
     * Adds the first {@code columns} (any number) elements of the vector at {@code from}.
     *
     * @param first whether what they are added to counts as zero
     */
    static void add(long from, long to, int columns, boolean first) {
        if (columns >= LENGTH) {
            FloatVector sum = FloatVector.fromMemorySegment(FLOATS, MEMORY, from, ORDER);
            if (first) {
                sum.add(0f).intoMemorySegment(MEMORY, to, ORDER);
            } else {
                FloatVector.fromMemorySegment(FLOATS, MEMORY, to, ORDER).add(sum).intoMemorySegment(MEMORY, to, ORDER);
            }
            return;
        }
        for (int i = 0; i < columns; i++) {
            Lanes.set(to + 4L * i, (first ? 0 : Lanes.get(to + 4L * i)) + Lanes.get(from + 4L * i));
        }
    }

    /** Copies the first {@code columns} elements. */
    static void copy(long from, long to, int columns) {
        int i = 0;
        for (; i <= columns - LENGTH; i += LENGTH) {
            FloatVector.fromMemorySegment(FLOATS, MEMORY, from + 4L * i, ORDER).intoMemorySegment(MEMORY, to + 4L * i, ORDER);
        }
        for (; i < columns; i++) {
            Lanes.set(to + 4L * i, Lanes.get(from + 4L * i));
        }
    }
}
