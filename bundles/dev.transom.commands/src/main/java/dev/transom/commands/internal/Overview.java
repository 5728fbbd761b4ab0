package dev.transom.commands.internal;

import dev.transom.api.application.Application;
import dev.transom.api.application.Session;
import java.util.List;
import org.osgi.framework.FrameworkUtil;

/** What {@code transom --help} and {@code transom --version} print. */
final class Overview {

    private Overview() {}

    static int print(Session session, List<Application> applications) {
        var out = session.out();
        out.println("Usage: transom COMMAND [OPTIONS]");
        out.println("Transformer models as plugins of one Java platform.");
        out.println();
        out.println("Commands:");
        int width = applications.stream().mapToInt(a -> a.name().length()).max().orElse(0);
        for (Application application : applications) {
            out.println(("  %-" + Math.max(1, width) + "s  %s").formatted(application.name(), application.description()));
        }
        out.println();
        out.println("Each command explains itself: transom COMMAND --help. Exit codes: 0 done, 1 the answer is no, 2 wrong use.");
        out.println("Example: transom quickstart");
        return Application.DONE;
    }

    static int version(Session session) {
        session.out().println("transom " + FrameworkUtil.getBundle(Overview.class).getVersion()
                + ", Java " + Runtime.version());
        return Application.DONE;
    }
}
