package dev.transom.kernels.vector.internal;

import dev.transom.api.kernel.Kernel;
import dev.transom.api.kernel.KernelArguments;
import dev.transom.api.kernel.Threads;

/** Copies keys and values to their slots of the cache. */
final class KvAppendKernel implements Kernel {

    private final String cache;

    KvAppendKernel(String cache) {
        this.cache = cache;
    }

    @Override
    public void run(KernelArguments arguments, Threads threads) {
        int tokens = arguments.dim(3, 0);
        long slots = arguments.inputAddress(3);
        Ids.slots(cache, slots, tokens, arguments.slots(0));
        long key = 4L * arguments.dim(1, 1) * arguments.dim(1, 2);
        long value = 4L * arguments.dim(2, 1) * arguments.dim(2, 2);
        for (int t = 0; t < tokens; t++) {
            int slot = Lanes.getInt(slots + 4L * t);
            if (slot >= 0) {
                Lanes.copy(arguments.inputAddress(1) + t * key, arguments.keysAddress(0) + slot * key, key);
                Lanes.copy(arguments.inputAddress(2) + t * value, arguments.valuesAddress(0) + slot * value, value);
            }
        }
    }
}
