package dev.transom.app.conform.internal;

import dev.transom.api.application.Application;
import dev.transom.api.application.Session;
import dev.transom.api.backend.Backends;
import dev.transom.api.capability.ProvidesApplication;
import dev.transom.api.conformance.CaseKit;
import java.util.List;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The command {@code conform}. */
@Component(service = Application.class)
@ProvidesApplication(name = "conform")
public final class ConformApplication implements Application {

    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<CaseKit> kits = List.of();

    @Reference
    private Backends backends;

    @Override
    public String name() {
        return "conform";
    }

    @Override
    public String description() {
        return "Judges reference cases: each case.json by the kit of its kind.";
    }

    @Override
    public Callable<Integer> command(Session session) {
        return new ConformCommand(session, List.copyOf(kits), backends);
    }
}
