package dev.transom.app.platform.internal;

import dev.transom.api.application.Application;
import dev.transom.api.application.Session;
import dev.transom.api.backend.Backend;
import dev.transom.api.capability.ProvidesApplication;
import dev.transom.api.kernel.KernelProvider;
import dev.transom.api.platform.Platform;
import java.util.List;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Contributes {@code transom doctor}. */
@Component
@ProvidesApplication(name = "doctor")
public final class DoctorApplication implements Application {

    private final Platform platform;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<Backend> backends = List.of();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<KernelProvider> kernels = List.of();

    /** Takes the platform, which knows the bundles. */
    @Activate
    public DoctorApplication(@Reference Platform platform) {
        this.platform = platform;
    }

    @Override
    public String name() {
        return "doctor";
    }

    @Override
    public String description() {
        return "Examines Java, machine, backends and bundles, and gives advice.";
    }

    @Override
    public Callable<Integer> command(Session session) {
        return new DoctorCommand(session, new Examination(backends, kernels, platform));
    }
}
