package dev.transom.kernels.vector.internal;

import dev.transom.api.tensor.Format;
import java.util.Optional;

/** The formats of blocks that these kernels read, and their expansion to the floats that {@code dev.transom.blocks} gives, bit by bit. */
enum BlockStorage {
    Q8_0(Format.Q8_0), Q4_0(Format.Q4_0), Q4_1(Format.Q4_1), Q5_0(Format.Q5_0), Q5_1(Format.Q5_1), Q2_K(Format.Q2_K), Q3_K(Format.Q3_K),
    Q4_K(Format.Q4_K), Q5_K(Format.Q5_K), Q6_K(Format.Q6_K), IQ4_NL(Format.IQ4_NL), IQ4_XS(Format.IQ4_XS), MXFP4(Format.MXFP4);

    /** Elements of which every block size is a divisor. */
    static final int WHOLE = 256;

    private final Format format;
    private final int elements;
    private final int bytes;

    BlockStorage(Format format) {
        this.format = format;
        this.elements = format.blockElements();
        this.bytes = format.blockBytes();
    }

    static Optional<BlockStorage> of(Format format) {
        for (BlockStorage storage : values()) {
            if (storage.format.equals(format)) {
                return Optional.of(storage);
            }
        }
        return Optional.empty();
    }

    /** Elements of a block. */
    int elements() {
        return elements;
    }

    /** Bytes before element {@code element}, where a block begins. */
    long offset(long element) {
        return element / elements * bytes;
    }

    /** Expands {@code count} elements, whole blocks. */
    void expand(long from, long to, int count) {
        int blocks = count / elements;
        switch (this) {
            case Q8_0 -> {
                for (int i = 0; i < blocks; i++) {
                    SmallBlocks.q80(from + (long) bytes * i, to + 128L * i);
                }
            }
            case Q4_0 -> {
                for (int i = 0; i < blocks; i++) {
                    SmallBlocks.q40(from + (long) bytes * i, to + 128L * i);
                }
            }
            case Q4_1 -> {
                for (int i = 0; i < blocks; i++) {
                    SmallBlocks.q41(from + (long) bytes * i, to + 128L * i);
                }
            }
            case Q5_0 -> {
                for (int i = 0; i < blocks; i++) {
                    SmallBlocks.q50(from + (long) bytes * i, to + 128L * i);
                }
            }
            case Q5_1 -> {
                for (int i = 0; i < blocks; i++) {
                    SmallBlocks.q51(from + (long) bytes * i, to + 128L * i);
                }
            }
            default -> others(from, to, blocks);
        }
    }

    /** Whether {@link #dot} multiplies without expanding to memory first. */
    boolean direct() {
        return switch (this) {
            case Q8_0, Q4_0, Q4_1, Q5_0, Q5_1, Q4_K, Q5_K, Q6_K -> true;
            default -> false;
        };
    }

    /** Writes a vector of sums of {@code count} floats times as many elements, whole blocks. */
    void dot(long x, long w, int count, long sums) {
        switch (this) {
            case Q8_0 -> SmallDots.q80(x, w, count / 32, sums);
            case Q4_0 -> SmallDots.q40(x, w, count / 32, sums);
            case Q4_1 -> SmallDots.q41(x, w, count / 32, sums);
            case Q5_0 -> SmallDots.q50(x, w, count / 32, sums);
            case Q5_1 -> SmallDots.q51(x, w, count / 32, sums);
            case Q4_K -> LargeDots.q4k(x, w, count / WHOLE, sums);
            case Q5_K -> LargeDots.q5k(x, w, count / WHOLE, sums);
            case Q6_K -> LargeDots.q6k(x, w, count / WHOLE, sums);
            default -> throw new IllegalStateException(this + " is multiplied expanded.");
        }
    }

    private void others(long from, long to, int blocks) {
        for (int i = 0; i < blocks; i++) {
            long at = from + (long) bytes * i;
            long y = to + 4L * elements * i;
            switch (this) {
                case Q2_K -> LargeBlocks.q2k(at, y);
                case Q3_K -> LargeBlocks.q3k(at, y);
                case Q4_K -> LargeBlocks.q4k(at, y);
                case Q5_K -> LargeBlocks.q5k(at, y);
                case Q6_K -> LargeBlocks.q6k(at, y);
                case IQ4_NL -> TableBlocks.iq4nl(at, y);
                case IQ4_XS -> TableBlocks.iq4xs(at, y);
                default -> TableBlocks.mxfp4(at, y);
            }
        }
    }
}
