package dev.transom.app.plugin.internal.verify;

import dev.transom.api.application.Application;
import dev.transom.app.options.SubcommandHelp;
import dev.transom.app.plugin.internal.PluginCommand;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.osgi.framework.FrameworkUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Says of a jar whether it would work here. */
@Command(name = "verify", description = "Says whether a jar would work in this platform, without installing it: a line for each finding."
    + " Exits with 1 if one of them is FAIL.",
    footer = {"", "Example:", "  transom plugin verify target/org.acme.sampler.quadratic-1.0.0.jar"})
public final class VerifyCommand implements Callable<Integer> {

    @ParentCommand
    private PluginCommand plugin;

    @Parameters(paramLabel = "JAR", description = "jar of a plugin")
    private Path file;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Mixin
    private SubcommandHelp help = new SubcommandHelp();

    @Override
    public Integer call() {
        PluginJar jar = PluginJar.read(plugin.session().resolve(file));
        Surroundings platform = Surroundings.of(FrameworkUtil.getBundle(VerifyCommand.class).getBundleContext());
        List<Finding> findings = new Verifier(platform, Runtime.version().feature()).verify(jar);
        boolean good = findings.stream().noneMatch(finding -> finding.verdict() == Finding.Verdict.FAIL);
        if (json) {
            printJson(jar, findings, good);
        } else {
            PrintWriter out = plugin.session().out();
            findings.forEach(each -> out.printf(Locale.ROOT, "%-4s  %-10s  %s%n", each.verdict(), each.subject(), each.sentence()));
        }
        return good ? Application.DONE : Application.NO;
    }

    private void printJson(PluginJar jar, List<Finding> findings, boolean good) {
        JsonArrayBuilder list = Json.createArrayBuilder();
        findings.forEach(each -> list.add(Json.createObjectBuilder().add("verdict", each.verdict().name())
            .add("subject", each.subject()).add("sentence", each.sentence())));
        plugin.session().out().println(Json.createObjectBuilder().add("name", jar.symbolicName()).add("sha256", jar.sha256())
            .add("compatible", good).add("findings", list).build());
    }
}
