package dev.transom.app.platform.internal;

import dev.transom.api.application.Application;
import dev.transom.api.application.Session;
import dev.transom.api.capability.ProvidesApplication;
import dev.transom.api.platform.Platform;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Contributes {@code transom bundles}. */
@Component
@ProvidesApplication(name = "bundles")
public final class BundlesApplication implements Application {

    private final Platform platform;

    /** Takes the platform, which knows the bundles. */
    @Activate
    public BundlesApplication(@Reference Platform platform) {
        this.platform = platform;
    }

    @Override
    public String name() {
        return "bundles";
    }

    @Override
    public String description() {
        return "Lists the bundles: state, what they provide, what they lack.";
    }

    @Override
    public Callable<Integer> command(Session session) {
        return new BundlesCommand(session, platform);
    }
}
