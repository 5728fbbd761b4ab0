package dev.transom.app.conform.internal;

import dev.transom.api.TransomException;
import dev.transom.api.application.Application;
import dev.transom.api.application.Session;
import dev.transom.api.backend.Backends;
import dev.transom.api.backend.PlanOptions.Numerics;
import dev.transom.api.conformance.CaseKit;
import dev.transom.app.options.NumericsName;
import dev.transom.graph.Graph;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds case files, hands each to its kit, prints verdicts and the count. */
@Command(name = "conform", description = {
    "Judges reference cases: finds every case.json below DIR and hands it to the kit of its kind.",
    "Prints the largest difference and the tolerance of every expected tensor; exits 0 only if all passed."},
    footer = {"", "Example:", "  transom conform golden/architectures --backend cpu --gradients"})
final class ConformCommand implements Callable<Integer> {

    private static final int DEPTH = 8;
    private static final String ORACLE = "reference";

    private final Session session;
    private final List<CaseKit> kits;
    private final Backends backends;

    @Parameters(paramLabel = "DIR", arity = "1..*", description = "folders to search, or case.json files")
    private List<Path> folders;

    @Option(names = "--backend", paramLabel = "NAME",
        description = "backend to judge: reference, which runs in float64, or cpu (default: reference)")
    private String backend;

    @Option(names = "--numerics", paramLabel = "NAME", converter = NumericsName.class,
        description = "exact or fast; fast may be as far off as a case says, else 3 times its tolerance (default: exact)")
    private Numerics numerics = Numerics.EXACT;

    @Option(names = "--gradients", description = "also compare gradients where a case carries them")
    private boolean gradients;

    @Option(names = "--models", paramLabel = "DIR", description = "where real models lie")
    private Path models;

    @Option(names = "--verbose", description = "also print what was skipped, one line each")
    private boolean verbose;

    @Option(names = "--json", description = "print one JSON object on a line for each case, and one with the counts")
    private boolean json;

    ConformCommand(Session session, List<CaseKit> kits, Backends backends) {
        this.session = session;
        this.kits = kits;
        this.backends = backends;
    }

    @Override
    public Integer call() {
        if (backend != null) {
            // A name that no backend has is wrong use, not a failure of every case.
            backends.choose(Optional.of(backend), new Graph(List.of(), Map.of()));
        }
        Report report = new Report(session.out(), verbose, json);
        CaseKit.Options options = new CaseKit.Options(backend == null ? ORACLE : backend, numerics, gradients,
            Optional.ofNullable(models).map(session::resolve), verbose);
        List<Found> cases = folders.stream().map(session::resolve).flatMap(this::find).toList();
        if (cases.isEmpty()) {
            throw new TransomException(session.resolve(folders.getFirst()) + ": at least one case.json is required below it;"
                + " there is none. Give a folder of reference cases.");
        }
        for (Found found : cases) {
            judge(found, options, report);
        }
        report.count();
        return report.clean() ? Application.DONE : Application.NO;
    }

    private void judge(Found found, CaseKit.Options options, Report report) {
        try {
            String kind = CaseFiles.kind(found.file());
            Optional<CaseKit> kit = kits.stream().filter(candidate -> candidate.kinds().contains(kind)).findFirst();
            if (kit.isPresent()) {
                kit.get().judge(found.file(), options, verdict -> report.accept(found.name(verdict.name()), verdict));
            } else {
                report.accept(found.name(""), new CaseKit.Missing("", "kit for kind " + kind));
            }
        } catch (TransomException broken) {
            report.accept(found.name(""), new CaseKit.Broken("", broken.getMessage()));
        } catch (RuntimeException fault) {
            if (Thread.currentThread().isInterrupted()) {
                throw fault; // The user wants it to end.
            }
            // A plugin's kit must not end the judging of other cases.
            report.accept(found.name(""), new CaseKit.Broken("", "the kit must judge the case; it stopped with " + fault + "."));
        }
    }

    private Stream<Found> find(Path root) {
        if (!Files.exists(root)) {
            throw new TransomException(root + ": a folder of reference cases is required; there is nothing at this path."
                + " Check the path.");
        }
        Path base = Files.isRegularFile(root) ? root.getParent() : root;
        try (Stream<Path> files = Files.walk(root, DEPTH)) {
            return files.filter(file -> file.getFileName().toString().equals("case.json")).sorted()
                .map(file -> new Found(base, file)).toList().stream();
        } catch (IOException | UncheckedIOException unreadable) {
            throw new TransomException(root + ": the folder must be readable; " + unreadable.getMessage() + ".", unreadable);
        }
    }

    /** A case file below a folder that was searched. */
    private record Found(Path root, Path file) {

        /** The folder's path below the root, and what a kit calls one of its cases. */
        String name(String one) {
            String folder = root.relativize(file.getParent()).toString().replace('\\', '/');
            if (folder.isEmpty() && one.isEmpty()) {
                return file.getParent().getFileName().toString();
            }
            boolean said = one.isEmpty() || file.getParent().getFileName().toString().equals(one);
            return folder.isEmpty() ? one : said ? folder : folder + " " + one;
        }
    }
}
