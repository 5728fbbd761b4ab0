package dev.transom.commands.internal;

import dev.transom.api.application.Commands;
import dev.transom.api.application.Session;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToIntFunction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The door for the launcher, which lives outside the framework and shares no class with it but the JDK's: a function
 * from the words of the command line to the exit code. The process's own streams, services of the launcher, become the session.
 */
@Component(service = ToIntFunction.class, property = LauncherEntry.PROPERTY + ":Boolean=true")
public final class LauncherEntry implements ToIntFunction<String[]> {

    /** Marks the service that the launcher waits for. */
    static final String PROPERTY = "dev.transom.main";

    private final Commands commands;
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    /** Takes the process's streams from the launcher: System.out may be replaced by a bundle, as Gogo does. */
    @Activate
    public LauncherEntry(
            @Reference Commands commands,
            @Reference(target = "(dev.transom.stream=in)") InputStream in,
            @Reference(target = "(dev.transom.stream=out)") PrintStream out,
            @Reference(target = "(dev.transom.stream=err)") PrintStream err) {
        this.commands = commands;
        this.in = in;
        this.out = out;
        this.err = err;
    }

    @Override
    public int applyAsInt(String[] words) {
        // Piped output is UTF-8 whatever the locale says, so that two machines print the same bytes.
        boolean terminal = System.console() != null && System.console().isTerminal();
        Charset charset = terminal ? System.console().charset() : StandardCharsets.UTF_8;
        Session session = new Session(
                new PrintWriter(out, false, charset),
                new PrintWriter(err, true, charset),
                in,
                terminal,
                terminal && System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM")),
                columns(System.getenv("COLUMNS")),
                Path.of("").toAbsolutePath());
        return commands.run(session, List.of(words));
    }

    private static int columns(String told) {
        return told != null && told.matches("[1-9]\\d{1,3}") ? Integer.parseInt(told) : 80;
    }
}
