package dev.transom.graph;

/**
 * A counter-based generator, Philox 4×32 with ten rounds (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"): the
 * number for (seed, stream, step, element) does not depend on what was drawn before, nor on threads.
 */
public final class CounterRandom {

    private CounterRandom() {
    }

    /** 32 random bits for one element. */
    public static int bits(long seed, int stream, int step, long element) {
        int c0 = (int) (element >>> 2);
        int c1 = (int) (element >>> 34);
        int c2 = step;
        int c3 = stream;
        int k0 = (int) seed;
        int k1 = (int) (seed >>> 32);
        for (int round = 0; round < 10; round++) {
            long p0 = (c0 & 0xffffffffL) * 0xD2511F53L;
            long p1 = (c2 & 0xffffffffL) * 0xCD9E8D57L;
            int n0 = (int) (p1 >>> 32) ^ c1 ^ k0;
            int n2 = (int) (p0 >>> 32) ^ c3 ^ k1;
            c1 = (int) p1;
            c3 = (int) p0;
            c0 = n0;
            c2 = n2;
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
        return switch ((int) (element & 3)) {
            case 0 -> c0;
            case 1 -> c1;
            case 2 -> c2;
            default -> c3;
        };
    }

    /** A number in [0, 1) with 24 bits for one element. */
    public static float uniform(long seed, int stream, int step, long element) {
        return (bits(seed, stream, step, element) >>> 8) * 0x1p-24f;
    }
}
