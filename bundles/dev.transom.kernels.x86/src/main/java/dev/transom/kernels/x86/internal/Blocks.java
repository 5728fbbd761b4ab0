package dev.transom.kernels.x86.internal;

/**
 * How a sum is cut: nearly equal blocks of whole steps, then what is left of it. It depends on the length of the sum alone, so
 * every way to compute it adds in the same order.
 */
final class Blocks {

    /** A panel of so many steps leaves a quarter of a first-level cache to lines and results. */
    private static final int LARGEST = 384;
    private static final int STEPS = Tile.STEPS;

    private Blocks() {
    }

    /** The most steps of a block in sums up to a length. */
    static int largest(long depth) {
        return (int) Math.min(LARGEST, (depth + STEPS - 1) / STEPS * STEPS);
    }

    /** Steps of a whole block; 0 when there is none. */
    static int whole(int depth) {
        int steps = depth / STEPS;
        int blocks = Math.ceilDiv(steps * STEPS, LARGEST);
        return blocks == 0 ? 0 : Math.ceilDiv(steps, blocks) * STEPS;
    }

    /** Elements of the block that begins at {@code start}. */
    static int size(int depth, int start) {
        int even = depth / STEPS * STEPS;
        return start < even ? Math.min(whole(depth), even - start) : depth - even;
    }
}
