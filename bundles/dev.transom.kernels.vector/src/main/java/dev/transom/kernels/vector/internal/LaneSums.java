package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Exchange.FLIP_1;
import static dev.transom.kernels.vector.internal.Exchange.FLIP_2;
import static dev.transom.kernels.vector.internal.Exchange.FLIP_4;
import static dev.transom.kernels.vector.internal.Exchange.FLIP_8;
import static dev.transom.kernels.vector.internal.Exchange.LOW_1;
import static dev.transom.kernels.vector.internal.Exchange.LOW_2;
import static dev.transom.kernels.vector.internal.Exchange.LOW_4;
import static dev.transom.kernels.vector.internal.Exchange.LOW_8;
import static dev.transom.kernels.vector.internal.Lanes.BYTES;
import static dev.transom.kernels.vector.internal.Lanes.FLOATS;
import static dev.transom.kernels.vector.internal.Lanes.LENGTH;
import static dev.transom.kernels.vector.internal.Lanes.MEMORY;
import static dev.transom.kernels.vector.internal.Lanes.ORDER;

import jdk.incubator.vector.FloatVector;

/**
 * The one order in which the partial sums of a product's lanes are added, wherever they come from: lanes half a vector apart first, then a
 * quarter, down to neighbours: {@code ((s0 + s8) + (s4 + s12)) + …}. So a kernel that holds the partial sums of one result in the lanes
 * of one vector ({@link DotTile}) and one that holds those of many results in one vector each ({@link ColumnTile}, one phase for
 * each lane) give the same bits.
 */
final class LaneSums {

    /** Results that {@link #sixteen} gives. */
    static final int ROWS = 16;

    private LaneSums() {
    }

    /**
     * Adds the lanes of sixteen vectors.
     *
     * @param sums  four vectors side by side in each of four groups
     * @param group bytes from one group to the next
     * @param y     where {@code count} results go
     * @param count how many of the sixteen are wanted
     * @param add   whether they are added to what stands there
     * @param spare room for sixteen floats
     */
    static void sixteen(long sums, long group, long y, int count, boolean add, long spare) {
        if (LENGTH == ROWS && count == ROWS) {
            if (add) {
                addSixteen(sums, group, y);
            } else {
                setSixteen(sums, group, y);
            }
            return;
        }
        if (LENGTH == ROWS) {
            setSixteen(sums, group, spare);
        }
        for (int i = 0; i < count; i++) {
            float sum = LENGTH == ROWS ? Lanes.get(spare + 4L * i) : one(sums + group * (i / 4) + BYTES * (i % 4));
            Lanes.set(y + 4L * i, add ? Lanes.get(y + 4L * i) + sum : sum);
        }
    }

    /** Adds the lanes of one vector in memory, which it destroys. */
    static float one(long sum) {
        for (int half = LENGTH / 2; half > 0; half /= 2) {
            for (int lane = 0; lane < half; lane++) {
                Lanes.set(sum + 4L * lane, Lanes.get(sum + 4L * lane) + Lanes.get(sum + 4L * (lane + half)));
            }
        }
        return Lanes.get(sum);
    }

    /** Adds the lanes of one vector. */
    static float one(FloatVector sums) {
        FloatVector s = sums;
        if (LENGTH > 8) {
            s = s.add(s.rearrange(FLIP_8));
        }
        if (LENGTH > 4) {
            s = s.add(s.rearrange(FLIP_4));
        }
        return s.add(s.rearrange(FLIP_2)).lane(0) + s.add(s.rearrange(FLIP_2)).lane(1);
    }

    private static void setSixteen(long sums, long group, long y) {
        FloatVector a;
        FloatVector b;
        a = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums, ORDER);
        b = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 2 * group, ORDER);
        FloatVector even0 = b.blend(a, LOW_8).add(a.blend(b, LOW_8).rearrange(FLIP_8));
        a = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + group, ORDER);
        b = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 3 * group, ORDER);
        FloatVector odd0 = b.blend(a, LOW_8).add(a.blend(b, LOW_8).rearrange(FLIP_8));
        FloatVector row0 = odd0.blend(even0, LOW_4).add(even0.blend(odd0, LOW_4).rearrange(FLIP_4));
        a = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + BYTES, ORDER);
        b = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + BYTES + 2 * group, ORDER);
        FloatVector even1 = b.blend(a, LOW_8).add(a.blend(b, LOW_8).rearrange(FLIP_8));
        a = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + BYTES + group, ORDER);
        b = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + BYTES + 3 * group, ORDER);
        FloatVector odd1 = b.blend(a, LOW_8).add(a.blend(b, LOW_8).rearrange(FLIP_8));
        FloatVector row1 = odd1.blend(even1, LOW_4).add(even1.blend(odd1, LOW_4).rearrange(FLIP_4));
        a = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 2 * BYTES, ORDER);
        b = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 2 * BYTES + 2 * group, ORDER);
        FloatVector even2 = b.blend(a, LOW_8).add(a.blend(b, LOW_8).rearrange(FLIP_8));
        a = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 2 * BYTES + group, ORDER);
        b = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 2 * BYTES + 3 * group, ORDER);
        FloatVector odd2 = b.blend(a, LOW_8).add(a.blend(b, LOW_8).rearrange(FLIP_8));
        FloatVector row2 = odd2.blend(even2, LOW_4).add(even2.blend(odd2, LOW_4).rearrange(FLIP_4));
        a = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 3 * BYTES, ORDER);
        b = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 3 * BYTES + 2 * group, ORDER);
        FloatVector even3 = b.blend(a, LOW_8).add(a.blend(b, LOW_8).rearrange(FLIP_8));
        a = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 3 * BYTES + group, ORDER);
        b = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 3 * BYTES + 3 * group, ORDER);
        FloatVector odd3 = b.blend(a, LOW_8).add(a.blend(b, LOW_8).rearrange(FLIP_8));
        FloatVector row3 = odd3.blend(even3, LOW_4).add(even3.blend(odd3, LOW_4).rearrange(FLIP_4));
        a = row2.blend(row0, LOW_2).add(row0.blend(row2, LOW_2).rearrange(FLIP_2));
        b = row3.blend(row1, LOW_2).add(row1.blend(row3, LOW_2).rearrange(FLIP_2));
        a = b.blend(a, LOW_1).add(a.blend(b, LOW_1).rearrange(FLIP_1));
        a.intoMemorySegment(MEMORY, y, ORDER);
    }

    private static void addSixteen(long sums, long group, long y) {
        FloatVector a;
        FloatVector b;
        a = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums, ORDER);
        b = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 2 * group, ORDER);
        FloatVector even0 = b.blend(a, LOW_8).add(a.blend(b, LOW_8).rearrange(FLIP_8));
        a = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + group, ORDER);
        b = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 3 * group, ORDER);
        FloatVector odd0 = b.blend(a, LOW_8).add(a.blend(b, LOW_8).rearrange(FLIP_8));
        FloatVector row0 = odd0.blend(even0, LOW_4).add(even0.blend(odd0, LOW_4).rearrange(FLIP_4));
        a = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + BYTES, ORDER);
        b = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + BYTES + 2 * group, ORDER);
        FloatVector even1 = b.blend(a, LOW_8).add(a.blend(b, LOW_8).rearrange(FLIP_8));
        a = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + BYTES + group, ORDER);
        b = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + BYTES + 3 * group, ORDER);
        FloatVector odd1 = b.blend(a, LOW_8).add(a.blend(b, LOW_8).rearrange(FLIP_8));
        FloatVector row1 = odd1.blend(even1, LOW_4).add(even1.blend(odd1, LOW_4).rearrange(FLIP_4));
        a = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 2 * BYTES, ORDER);
        b = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 2 * BYTES + 2 * group, ORDER);
        FloatVector even2 = b.blend(a, LOW_8).add(a.blend(b, LOW_8).rearrange(FLIP_8));
        a = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 2 * BYTES + group, ORDER);
        b = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 2 * BYTES + 3 * group, ORDER);
        FloatVector odd2 = b.blend(a, LOW_8).add(a.blend(b, LOW_8).rearrange(FLIP_8));
        FloatVector row2 = odd2.blend(even2, LOW_4).add(even2.blend(odd2, LOW_4).rearrange(FLIP_4));
        a = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 3 * BYTES, ORDER);
        b = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 3 * BYTES + 2 * group, ORDER);
        FloatVector even3 = b.blend(a, LOW_8).add(a.blend(b, LOW_8).rearrange(FLIP_8));
        a = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 3 * BYTES + group, ORDER);
        b = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 3 * BYTES + 3 * group, ORDER);
        FloatVector odd3 = b.blend(a, LOW_8).add(a.blend(b, LOW_8).rearrange(FLIP_8));
        FloatVector row3 = odd3.blend(even3, LOW_4).add(even3.blend(odd3, LOW_4).rearrange(FLIP_4));
        a = row2.blend(row0, LOW_2).add(row0.blend(row2, LOW_2).rearrange(FLIP_2));
        b = row3.blend(row1, LOW_2).add(row1.blend(row3, LOW_2).rearrange(FLIP_2));
        a = b.blend(a, LOW_1).add(a.blend(b, LOW_1).rearrange(FLIP_1));
        a = FloatVector.fromMemorySegment(FLOATS, MEMORY, y, ORDER).add(a);
        a.intoMemorySegment(MEMORY, y, ORDER);
    }

    /**
     * Adds LENGTH vectors element by element: vector p, at {@code sums + p·phase}, holds what lane p of a dot product would.
     *
     * @param to where the vector of results goes
     */
    static void phases(long sums, long phase, long to) {
        switch (LENGTH) {
            case 16 -> phases16(sums, phase, to);
            case 8 -> phases8(sums, phase).intoMemorySegment(MEMORY, to, ORDER);
            default -> FloatVector.fromMemorySegment(FLOATS, MEMORY, sums, ORDER)
                .add(FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 2 * phase, ORDER))
                .add(FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + phase, ORDER)
                    .add(FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 3 * phase, ORDER)))
                .intoMemorySegment(MEMORY, to, ORDER);
        }
    }

    private static FloatVector phases8(long sums, long phase) {
        FloatVector s04 = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums, ORDER)
            .add(FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 4 * phase, ORDER));
        FloatVector s26 = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 2 * phase, ORDER)
            .add(FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 6 * phase, ORDER));
        FloatVector s15 = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + phase, ORDER)
            .add(FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 5 * phase, ORDER));
        FloatVector s37 = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 3 * phase, ORDER)
            .add(FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 7 * phase, ORDER));
        return s04.add(s26).add(s15.add(s37));
    }

    private static void phases16(long sums, long phase, long to) {
        FloatVector s0 = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums, ORDER)
            .add(FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 8 * phase, ORDER));
        FloatVector s1 = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + phase, ORDER)
            .add(FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 9 * phase, ORDER));
        FloatVector s2 = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 2 * phase, ORDER)
            .add(FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 10 * phase, ORDER));
        FloatVector s3 = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 3 * phase, ORDER)
            .add(FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 11 * phase, ORDER));
        FloatVector s4 = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 4 * phase, ORDER)
            .add(FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 12 * phase, ORDER));
        FloatVector s5 = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 5 * phase, ORDER)
            .add(FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 13 * phase, ORDER));
        FloatVector s6 = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 6 * phase, ORDER)
            .add(FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 14 * phase, ORDER));
        FloatVector s7 = FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 7 * phase, ORDER)
            .add(FloatVector.fromMemorySegment(FLOATS, MEMORY, sums + 15 * phase, ORDER));
        s0.add(s4).add(s2.add(s6)).add(s1.add(s5).add(s3.add(s7))).intoMemorySegment(MEMORY, to, ORDER);
    }
}
