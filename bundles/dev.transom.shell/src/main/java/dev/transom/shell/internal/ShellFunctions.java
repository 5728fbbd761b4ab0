package dev.transom.shell.internal;

import dev.transom.api.TransomException;
import dev.transom.api.application.Application;
import dev.transom.api.application.Commands;
import dev.transom.api.application.Session;
import dev.transom.api.capability.ProvidesApplication;
import dev.transom.api.platform.Platform;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.command.Process;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/**
 * Makes every command, and the control of bundles, a function of Gogo. A function is registered for each name that an
 * installed bundle announces, also while that bundle is stopped: so the shell can say why a command is not there.
 */
@Component(service = ShellFunctions.class)
public final class ShellFunctions {

    private static final String SCOPE = "transom";
    private static final List<String> OWN = List.of("help", "exit", "lb");

    private final BundleContext context;
    private final Commands commands;
    private final Platform platform;
    private final BundleControl control;
    private final Set<String> registered = new TreeSet<>();

    /** Registers the functions; the framework takes them away with the bundle. */
    @Activate
    public ShellFunctions(BundleContext context, @Reference Commands commands, @Reference Platform platform,
            @Reference ServiceComponentRuntime runtime) {
        this.context = context;
        this.commands = commands;
        this.platform = platform;
        this.control = new BundleControl(context, platform, runtime);
        register("help", this::help);
        register("exit", ShellFunctions::exit);
        register("lb", (gogo, words) -> command(gogo, "bundles", texts(words)));
        control.verbs().forEach((name, verb) -> register(name, (gogo, words) -> control(gogo, name, verb, texts(words))));
        refresh();
    }

    /** Registers commands of bundles that came since. */
    private synchronized void refresh() {
        platform.bundles().stream()
                .flatMap(bundle -> bundle.announces().stream())
                .filter(announced -> announced.namespace().equals(ProvidesApplication.NAMESPACE))
                .flatMap(announced -> announced.values().stream())
                .filter(name -> !name.equals("shell"))
                .filter(registered::add)
                .forEach(name -> register(name, (gogo, words) -> command(gogo, name, texts(words))));
    }

    /** Lists what a line may begin with. */
    synchronized List<String> names() {
        List<String> names = new ArrayList<>(registered);
        names.addAll(control.verbs().keySet());
        names.addAll(OWN);
        return names;
    }

    /** Prints why a line did not run, and sets the status. */
    void tell(CommandSession gogo, String line, Exception failure) {
        refresh();
        String word = line.split("\\s+", 2)[0];
        PrintWriter err = writer(Process.Utils.current(), gogo);
        if (failure.getClass().getSimpleName().equals("CommandNotFoundException")) {
            String unknown = failure.getMessage().substring(failure.getMessage().lastIndexOf(' ') + 1);
            ShellState.of(gogo).status(commands.run(session(gogo), List.of(unknown)));
            return;
        }
        // An interrupted command says so itself, as soon as it has stopped.
        if (!(failure instanceof InterruptedException || failure instanceof CancellationException)) {
            err.println(failure instanceof TransomException told ? told.getMessage() : word + ": " + failure.getMessage());
            err.flush();
        }
        ShellState.of(gogo).status(Application.WRONG_USE);
    }

    private Object command(CommandSession gogo, String name, List<String> words) {
        List<String> line = new ArrayList<>(words);
        line.addFirst(name);
        ShellState.of(gogo).status(commands.run(session(gogo), line));
        return null;
    }

    private Object control(CommandSession gogo, String name, Verb verb, List<String> words) {
        Session session = session(gogo);
        if (words.contains("--help") || words.contains("-h")) {
            session.out().println(verb.help());
        } else {
            for (String sentence : verb.act(words, session)) {
                session.out().println(sentence);
            }
            refresh();
        }
        session.out().flush();
        ShellState.of(gogo).status(Application.DONE);
        return null;
    }

    private Object help(CommandSession gogo, List<Object> words) {
        if (!words.isEmpty()) {
            String name = words.getFirst().toString();
            Verb verb = control.verbs().get(name);
            return verb == null ? command(gogo, name, List.of("--help")) : control(gogo, name, verb, List.of("--help"));
        }
        Session session = session(gogo);
        commands.run(session, List.of("--help"));
        session.out().println();
        session.out().println("In the shell also:");
        for (Map.Entry<String, Verb> verb : control.verbs().entrySet()) {
            session.out().println("  %-10s %s".formatted(verb.getKey(), verb.getValue().summary()));
        }
        session.out().println("  %-10s %s".formatted("lb", "Lists the bundles, as bundles does."));
        session.out().println("  %-10s %s".formatted("exit", "Leaves the shell: exit [CODE]."));
        session.out().flush();
        return null;
    }

    private static Object exit(CommandSession gogo, List<Object> words) {
        ShellState state = ShellState.of(gogo);
        if (words.isEmpty()) {
            state.end(state.status());
            return null;
        }
        String code = words.getFirst().toString();
        if (!code.matches("\\d{1,3}")) {
            throw new TransomException("exit: the code must be a number from 0 to 255; got '" + code + "'.");
        }
        state.end(Integer.parseInt(code));
        return null;
    }

    private void register(String name, Function function) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(CommandProcessor.COMMAND_SCOPE, SCOPE);
        properties.put(CommandProcessor.COMMAND_FUNCTION, new String[] {name});
        context.registerService(Function.class, function, properties);
    }

    private static List<String> texts(List<Object> words) {
        return words.stream().map(String::valueOf).toList();
    }

    /** The streams are those of the running stage, so that a command works in a pipe of Gogo. */
    private static Session session(CommandSession gogo) {
        ShellState state = ShellState.of(gogo);
        Process stage = Process.Utils.current();
        PrintWriter out = new PrintWriter(stage == null ? gogo.getConsole() : stage.out(), false, StandardCharsets.UTF_8);
        return new Session(out, writer(stage, gogo), stage == null ? gogo.getKeyboard() : stage.in(),
                state.interactive(), state.ansi(), state.columns(), gogo.currentDir().toAbsolutePath());
    }

    private static PrintWriter writer(Process stage, CommandSession gogo) {
        return stage == null
                ? new PrintWriter(ShellState.of(gogo).errors(), true, StandardCharsets.UTF_8)
                : new PrintWriter(stage.err(), true, StandardCharsets.UTF_8);
    }
}
