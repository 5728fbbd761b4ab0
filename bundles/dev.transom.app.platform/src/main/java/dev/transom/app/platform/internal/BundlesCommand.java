package dev.transom.app.platform.internal;

import dev.transom.api.TransomException;
import dev.transom.api.application.Application;
import dev.transom.api.application.Session;
import dev.transom.api.platform.InstalledBundle;
import dev.transom.api.platform.Platform;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints one line per bundle, and a second one where something is wrong. */
@Command(
        name = "bundles",
        description = "Lists the installed bundles with state and capabilities and, if one does not work, why.",
        footer = {"", "Example: transom bundles --problems"})
final class BundlesCommand implements Callable<Integer> {

    private static final String NAMESPACES = "dev.transom.";

    private final Session session;
    private final Platform platform;

    @Parameters(arity = "0..*", paramLabel = "TEXT", description = "Shows bundles whose name contains one of these.")
    private List<String> texts = List.of();

    @Option(names = "--problems", description = "Shows only bundles that do not work as they should.")
    private boolean problems;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    BundlesCommand(Session session, Platform platform) {
        this.session = session;
        this.platform = platform;
    }

    @Override
    public Integer call() {
        List<InstalledBundle> shown = platform.bundles().stream()
                .filter(bundle -> texts.isEmpty() || texts.stream().anyMatch(bundle.name()::contains))
                .filter(bundle -> !problems || !bundle.problem().isEmpty())
                .toList();
        if (shown.isEmpty() && !texts.isEmpty() && !problems) {
            throw new TransomException("bundles: a text must occur in the name of an installed bundle; got "
                    + String.join(", ", texts) + ". See all: transom bundles.");
        }
        if (json) {
            session.out().println(array(shown));
        } else {
            print(shown);
        }
        return Application.DONE;
    }

    private void print(List<InstalledBundle> shown) {
        int width = shown.stream().mapToInt(bundle -> bundle.name().length()).max().orElse(6);
        int versions = shown.stream().mapToInt(bundle -> bundle.version().length()).max().orElse(7);
        String line = "%3s  %-" + width + "s  %-" + Math.max(7, versions) + "s  %-10s  %s";
        session.out().println(line.formatted("id", "bundle", "version", "state", "provides").stripTrailing());
        for (InstalledBundle bundle : shown) {
            session.out().println(line.formatted(bundle.id(), bundle.name(), bundle.version(), word(bundle),
                    provides(bundle)).stripTrailing());
            if (!bundle.problem().isEmpty()) {
                session.out().println("     " + bundle.problem() + ".");
            }
        }
    }

    private static String word(InstalledBundle bundle) {
        return bundle.state().name().toLowerCase(Locale.ROOT);
    }

    private static String provides(InstalledBundle bundle) {
        Map<String, List<String>> byNamespace = new LinkedHashMap<>();
        bundle.announces().forEach(a -> byNamespace.computeIfAbsent(a.namespace(), none -> new ArrayList<>()).addAll(a.values()));
        return byNamespace.entrySet().stream()
                .map(entry -> entry.getKey().substring(NAMESPACES.length()) + ": " + String.join(", ", entry.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static String array(List<InstalledBundle> shown) {
        JsonArrayBuilder bundles = Json.createArrayBuilder();
        for (InstalledBundle bundle : shown) {
            JsonArrayBuilder capabilities = Json.createArrayBuilder();
            bundle.announces().forEach(a -> capabilities.add(Json.createObjectBuilder()
                    .add("namespace", a.namespace())
                    .add(a.attribute(), Json.createArrayBuilder(a.values()))));
            JsonObjectBuilder object = Json.createObjectBuilder()
                    .add("id", bundle.id())
                    .add("name", bundle.name())
                    .add("version", bundle.version())
                    .add("state", word(bundle))
                    .add("capabilities", capabilities);
            if (!bundle.problem().isEmpty()) {
                object.add("problem", bundle.problem());
            }
            bundles.add(object);
        }
        return bundles.build().toString();
    }
}
