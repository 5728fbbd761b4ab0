package dev.transom.commands.internal;

import dev.transom.api.platform.InstalledBundle.Announcement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.osgi.framework.wiring.BundleRevision;

/** Reads the capabilities in Transom's namespaces from a bundle, resolved or not. */
final class Announced {

    private static final String PREFIX = "dev.transom.";
    /** How a command may be started, not a name of something. */
    private static final String ALONE = "alone";

    private Announced() {}

    static List<Announcement> by(BundleRevision revision) {
        List<Announcement> found = new ArrayList<>();
        for (var capability : revision.getDeclaredCapabilities(null)) {
            if (capability.getNamespace().startsWith(PREFIX)) {
                capability.getAttributes().forEach((attribute, value) -> {
                    if (!attribute.equals(ALONE)) {
                        found.add(new Announcement(capability.getNamespace(), attribute, values(value)));
                    }
                });
            }
        }
        return found;
    }

    /** A capability's attribute is one value or a list, as its annotation says. */
    static List<String> values(Object value) {
        return switch (value) {
            case null -> List.of();
            case Collection<?> many -> many.stream().map(String::valueOf).toList();
            case Object one -> List.of(one.toString());
        };
    }
}
