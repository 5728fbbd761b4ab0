package dev.transom.api.kernel;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Runs one node. Immutable; run by several executables at once. It must allocate nothing, and its result must not depend on the
 * number of threads: work is split where no sum crosses.
 */
@ConsumerType
public interface Kernel {

    /** Bytes of scratch that each thread needs. */
    default long scratchBytes() {
        return 0;
    }

    /** Bytes of scratch shared by all threads, for example packed activations. */
    default long sharedScratchBytes() {
        return 0;
    }

    void run(KernelArguments arguments, Threads threads);
}
