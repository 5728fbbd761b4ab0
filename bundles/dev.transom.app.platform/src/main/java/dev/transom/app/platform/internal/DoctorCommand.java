package dev.transom.app.platform.internal;

import dev.transom.api.application.Application;
import dev.transom.api.application.Session;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the findings; the answer is no if one of them is bad. */
@Command(
        name = "doctor",
        description = "Examines Java, machine, backends and bundles. Exit code 1 if something does not work.",
        footer = {"", "Example: transom doctor"})
final class DoctorCommand implements Callable<Integer> {

    private final Session session;
    private final Examination examination;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    DoctorCommand(Session session, Examination examination) {
        this.session = session;
        this.examination = examination;
    }

    @Override
    public Integer call() {
        List<Finding> findings = examination.findings();
        if (json) {
            session.out().println(array(findings));
        } else {
            findings.forEach(this::print);
        }
        return findings.stream().anyMatch(f -> f.grade() == Finding.Grade.BAD) ? Application.NO : Application.DONE;
    }

    private void print(Finding finding) {
        session.out().println("%-6s  %-10s  %s".formatted(word(finding), finding.about(), finding.found()));
        if (!finding.advice().isEmpty()) {
            session.out().println(" ".repeat(20) + finding.advice());
        }
    }

    private static String word(Finding finding) {
        return finding.grade().name().toLowerCase(Locale.ROOT);
    }

    private static String array(List<Finding> findings) {
        JsonArrayBuilder all = Json.createArrayBuilder();
        for (Finding finding : findings) {
            all.add(Json.createObjectBuilder()
                    .add("about", finding.about())
                    .add("found", finding.found())
                    .add("grade", word(finding))
                    .add("advice", finding.advice()));
        }
        return all.build().toString();
    }
}
