package dev.transom.kernels.vector.internal;

import dev.transom.api.capability.ProvidesKernels;
import dev.transom.api.kernel.Kernel;
import dev.transom.api.kernel.KernelProvider;
import dev.transom.api.kernel.KernelRequest;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/** Kernels on the Vector API for weights in F32, F16 and BF16. */
@ProvidesKernels(name = "vector")
@Component
public final class VectorKernels implements KernelProvider {

    @Override
    public String name() {
        return "vector";
    }

    @Override
    public int preference() {
        return 100;
    }

    @Override
    public Optional<Kernel> kernel(KernelRequest request) {
        return switch (request.node().operation()) {
            case "matmul" -> Products.matmul(request);
            default -> Optional.empty();
        };
    }
}
