package dev.transom.commands.internal;

import dev.transom.api.platform.InstalledBundle;
import dev.transom.api.platform.InstalledBundle.State;
import dev.transom.api.platform.Platform;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** Reads the framework and Declarative Services at the moment of the question. */
@Component
public final class InstalledBundles implements Platform {

    private final BundleContext context;
    private final MissingRequirements requirements;
    private final WaitingComponents components;

    /** Takes the framework through the bundle's context. */
    @Activate
    public InstalledBundles(BundleContext context, @Reference ServiceComponentRuntime runtime) {
        this.context = context;
        this.requirements = new MissingRequirements(context);
        this.components = new WaitingComponents(context, runtime);
    }

    @Override
    public List<InstalledBundle> bundles() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getBundleId() != 0)
                .map(this::describe)
                .filter(Objects::nonNull)
                .toList();
    }

    private InstalledBundle describe(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        if (revision == null) {
            return null;
        }
        String unresolved = requirements.of(bundle);
        State state = state(bundle, revision, unresolved);
        String problem = switch (state) {
            case UNRESOLVED -> unresolved;
            case ACTIVE -> components.of(bundle);
            case STOPPED, FRAGMENT -> "";
        };
        return new InstalledBundle(bundle.getBundleId(), bundle.getSymbolicName(), bundle.getVersion().toString(), state,
                Announced.by(revision), problem);
    }

    private static State state(Bundle bundle, BundleRevision revision, String unresolved) {
        if (!unresolved.isEmpty()) {
            return State.UNRESOLVED;
        }
        if ((revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0) {
            return State.FRAGMENT;
        }
        return switch (bundle.getState()) {
            case Bundle.ACTIVE, Bundle.STARTING -> State.ACTIVE;
            default -> State.STOPPED;
        };
    }

    @Override
    public String whyMissing(String namespace, String attribute, String value) {
        List<InstalledBundle> bringing = bundles().stream()
                .filter(bundle -> bundle.announces(namespace, attribute, value))
                .toList();
        // The bundle nearest to working explains best: a running one, else a stopped one, else an unresolved one.
        return bringing.stream()
                .min((a, b) -> a.state().compareTo(b.state()))
                .map(InstalledBundles::why)
                .orElseGet(() -> "No installed bundle announces " + namespace + " with " + attribute + "=" + value
                        + ". Install one that does; what is there: transom bundles.");
    }

    private static String why(InstalledBundle bundle) {
        String who = "Bundle " + bundle.name() + " " + bundle.version() + " brings it";
        return switch (bundle.state()) {
            case ACTIVE -> bundle.problem().isEmpty() ? who + " and runs." : who + ", but " + bundle.problem() + ".";
            case STOPPED -> who + ", but is stopped. Start it in the shell: start " + bundle.name() + ".";
            case UNRESOLVED -> who + ", but " + bundle.problem() + ".";
            case FRAGMENT -> who + ", but only as an addition to another bundle.";
        };
    }
}
