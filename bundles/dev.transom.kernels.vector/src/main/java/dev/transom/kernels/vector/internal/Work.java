package dev.transom.kernels.vector.internal;

import dev.transom.api.kernel.Kernel;
import dev.transom.api.kernel.KernelArguments;
import dev.transom.api.kernel.Threads;

/** A kernel whose threads share some units of work, none of which needs another. */
abstract class Work implements Kernel, Threads.Part {

    /** Elements below which waking the other threads costs more than it saves. */
    private static final long SMALL = 4096;

    /** How many units there are in this run. */
    abstract int units(KernelArguments arguments);

    /** Elements of work in this run, to tell whether it is worth sharing. */
    long elements(KernelArguments arguments) {
        return arguments.outputElements(0);
    }

    /** Checks what came before any thread reads it. */
    void check(KernelArguments arguments) {
    }

    /** Units {@code from} to {@code to}. */
    abstract void compute(KernelArguments arguments, int thread, int from, int to);

    @Override
    public final void run(KernelArguments arguments, Threads threads) {
        check(arguments);
        if (units(arguments) == 0) {
            return;
        }
        if (threads.count() == 1 || elements(arguments) < SMALL) {
            run(arguments, 0, 1);
        } else {
            threads.run(this, arguments);
        }
    }

    @Override
    public final void run(KernelArguments arguments, int thread, int threads) {
        int units = units(arguments);
        compute(arguments, thread, Share.start(units, thread, threads), Share.end(units, thread, threads));
    }
}
