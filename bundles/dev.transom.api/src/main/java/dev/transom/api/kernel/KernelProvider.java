package dev.transom.api.kernel;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Brings kernels to the CPU executor, which asks every provider, best preference first, and falls back to the operation's reference
 * kernel. Registered as a service; the bundle announces its name with
 * {@link dev.transom.api.capability.ProvidesKernels}. Called from any thread.
 */
@ConsumerType
public interface KernelProvider {

    String name();

    /** The higher, the earlier it is asked. */
    int preference();

    /** Why this provider offers nothing on this machine, as the rest of a sentence about it; empty where it offers kernels. */
    default Optional<String> unavailable() {
        return Optional.empty();
    }

    /** A kernel for one node, or empty when this provider has none for these types, formats and this CPU. */
    Optional<Kernel> kernel(KernelRequest request);
}
