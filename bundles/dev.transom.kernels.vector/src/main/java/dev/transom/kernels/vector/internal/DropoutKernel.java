package dev.transom.kernels.vector.internal;

import dev.transom.api.kernel.Kernel;
import dev.transom.api.kernel.KernelArguments;
import dev.transom.api.kernel.KernelRequest;
import dev.transom.api.tensor.Format;
import java.util.Optional;

/**
 * dropout: the numbers of {@link dev.transom.graph.CounterRandom} (Philox 4×32, ten rounds), four elements for each draw, which
 * gives four numbers.
 */
final class DropoutKernel extends Work {

    private static final int UNIT = 1024;

    private final double p;
    private final int stream;

    private DropoutKernel(double p, int stream) {
        this.p = p;
        this.stream = stream;
    }

    static Optional<Kernel> of(KernelRequest request) {
        return request.formats().getFirst().equals(Format.F32)
            ? Optional.of(new DropoutKernel(request.node().attributes().real("p"), request.node().attributes().int32("id")))
            : Optional.empty();
    }

    @Override
    int units(KernelArguments arguments) {
        return (int) Math.ceilDiv(arguments.outputElements(0), (long) UNIT);
    }

    @Override
    void compute(KernelArguments arguments, int thread, int from, int to) {
        long end = Math.min(arguments.outputElements(0), (long) to * UNIT);
        for (long element = (long) from * UNIT; element < end; element += 4) {
            draw(arguments, element, (int) Math.min(4, end - element));
        }
    }

    /** Elements {@code element}, a multiple of four, to {@code element + count}. */
    private void draw(KernelArguments arguments, long element, int count) {
        long seed = Lanes.getInt(arguments.inputAddress(1));
        int c0 = (int) (element >>> 2);
        int c1 = (int) (element >>> 34);
        int c2 = Lanes.getInt(arguments.inputAddress(1) + 4);
        int c3 = stream;
        int k0 = (int) seed;
        int k1 = (int) (seed >>> 32);
        for (int round = 0; round < 10; round++) {
            long p0 = (c0 & 0xffffffffL) * 0xD2511F53L;
            long p1 = (c2 & 0xffffffffL) * 0xCD9E8D57L;
            c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
            c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
            c1 = (int) p1;
            c3 = (int) p0;
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
        long x = arguments.inputAddress(0) + 4 * element;
        long y = arguments.outputAddress(0) + 4 * element;
        keep(x, y, c0);
        if (count == 4) {
            keep(x + 4, y + 4, c1);
            keep(x + 8, y + 8, c2);
            keep(x + 12, y + 12, c3);
        } else if (count > 1) {
            keep(x + 4, y + 4, c1);
            if (count > 2) {
                keep(x + 8, y + 8, c2);
            }
        }
    }

    private void keep(long x, long y, int bits) {
        Lanes.set(y, (bits >>> 8) * 0x1p-24f >= p ? (float) (Lanes.get(x) / (1 - p)) : 0);
    }
}
