package dev.transom.api.kernel;

import org.osgi.annotation.versioning.ProviderType;

/** The fixed pool of an executor. */
@ProviderType
public interface Threads {

    /** Threads of the pool, the caller included. */
    int count();

    /** Runs {@code part} once on each thread, and returns when all are done. Allocates nothing. */
    void run(Part part, KernelArguments arguments);

    /** One thread's share of a kernel's work; a kernel usually is its own part, so that nothing is allocated. */
    @FunctionalInterface
    interface Part {

        /**
         * @param thread  0 … threads − 1
         * @param threads threads that share the work
         */
        void run(KernelArguments arguments, int thread, int threads);
    }
}
