package dev.transom.kernels.x86.internal;

import dev.transom.api.capability.ProvidesKernels;
import dev.transom.api.kernel.Kernel;
import dev.transom.api.kernel.KernelProvider;
import dev.transom.api.kernel.KernelRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Kernels in machine code that is emitted when it is first used. Offers nothing where it cannot run, which a thread of its own
 * finds out while the platform starts: Java's first call of foreign code takes a twentieth of a second.
 */
@ProvidesKernels(name = "x86")
@Component
public final class X86Kernels implements KernelProvider {

    private static final System.Logger LOG = System.getLogger("dev.transom.kernels.x86");

    private final FutureTask<Optional<String>> examination = new FutureTask<>(X86Kernels::examine);

    @Activate
    public X86Kernels() {
        Thread thread = new Thread(examination, "transom-x86-examination");
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
    }

    @Override
    public String name() {
        return "x86";
    }

    @Override
    public int preference() {
        return 200;
    }

    @Override
    public Optional<String> unavailable() {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return examination.get();
                } catch (InterruptedException again) {
                    interrupted = true;
                } catch (ExecutionException broken) {
                    throw new IllegalStateException(broken.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public Optional<Kernel> kernel(KernelRequest request) {
        return request.node().operation().equals("matmul") && unavailable().isEmpty() ? Products.matmul(request) : Optional.empty();
    }

    private static Optional<String> examine() {
        Optional<String> reason = reason();
        reason.ifPresent(sentence -> LOG.log(System.Logger.Level.INFO, "Kernels in machine code are off: " + sentence));
        return reason;
    }

    private static Optional<String> reason() {
        String system = System.getProperty("os.name");
        String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        if (!system.equals("Linux") || !List.of("amd64", "x86_64").contains(processor)) {
            return Optional.of("they are made for Linux on x86-64; this is " + system + " on " + processor + ".");
        }
        if (!X86Kernels.class.getModule().isNativeAccessEnabled()) {
            return Optional.of("Java does not allow native access. Start it with --enable-native-access=ALL-UNNAMED.");
        }
        try {
            List<String> missing = Processor.examine().missing();
            return missing.isEmpty() ? Optional.empty() : Optional.of("this machine lacks " + String.join(", ", missing) + ".");
        } catch (IllegalStateException | IllegalCallerException refused) {
            return Optional.of(refused.getMessage() + ".");
        }
    }
}
