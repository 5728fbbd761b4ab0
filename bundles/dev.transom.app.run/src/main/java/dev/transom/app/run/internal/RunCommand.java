package dev.transom.app.run.internal;

import dev.transom.api.TransomException;
import dev.transom.api.application.Application;
import dev.transom.api.application.Progress;
import dev.transom.api.application.Session;
import dev.transom.api.model.OpenModel;
import dev.transom.app.run.internal.StepRun.Existing;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a job file. */
@Command(name = "run", description = {"Answers every line of a file, as a job file says, and writes the answers in order.",
    "Stopped at any moment, it goes on with --resume: each line is answered exactly once. Exits 0 if all lines were answered, 1 if some "
        + "could not be."},
    footer = {"", "Example of a job:",
        "  {\"model\": \"bundle:jargon\", \"input\": \"prompts.jsonl\", \"output\": \"answers.jsonl\", \"options\": {\"max_tokens\": 60}}",
        "", "Example:", "  transom run job.json --resume"})
final class RunCommand implements Callable<Integer> {

    private final Session session;
    private final Progress.Bars bars;
    private final Workers workers;
    private final Set<String> sampling;

    @Parameters(paramLabel = "JOB", description = "the job, a JSON file; its relative paths start at its folder")
    private Path job;

    @Option(names = "--resume", description = "go on where an earlier run was stopped")
    private boolean resume;

    @Option(names = "--overwrite", description = "replace outputs that are there")
    private boolean overwrite;

    @Option(names = "--dry-run", description = "print what would be done and what it takes; load and write nothing")
    private boolean dryRun;

    @Option(names = "--max-failures", paramLabel = "N", description = "stop when more than N lines have failed; default: never")
    private Long maxFailures;

    @Option(names = "--json", description = "print the summary as JSON")
    private boolean json;

    /** @param sampling names of options that installed sampling steps read */
    RunCommand(Session session, Progress.Bars bars, Workers workers, Set<String> sampling) {
        this.session = session;
        this.bars = bars;
        this.workers = workers;
        this.sampling = sampling;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (resume && overwrite) {
            throw new TransomException("run: --resume goes on with an output and --overwrite begins anew; got both. Leave one out.");
        }
        if (maxFailures != null && maxFailures < 0) {
            throw new TransomException("option --max-failures: it must be 0 or more; got " + maxFailures + ". Leave it out for any number.");
        }
        Path file = session.resolve(job);
        List<Step> steps = new JobReader(file.getParent(), sampling).read(file);
        requireInputs(steps);
        if (dryRun) {
            steps.forEach(this::plan);
            return Application.DONE;
        }
        Existing existing = resume ? Existing.RESUME : overwrite ? Existing.OVERWRITE : Existing.REFUSE;
        if (existing == Existing.REFUSE) {
            steps.forEach(StepRun::refuseExisting);
        }
        StepRun run = new StepRun(session, bars, workers, maxFailures == null ? -1 : maxFailures);
        List<Tally> tallies = new ArrayList<>();
        for (Step step : steps) {
            tallies.add(run.run(step, existing));
            if (!json) {
                print(step, tallies.getLast());
            }
        }
        if (json) {
            session.out().println(json(tallies));
        }
        return tallies.stream().allMatch(tally -> tally.failures() == 0) ? Application.DONE : Application.NO;
    }

    /** An input that no earlier step writes must be there before any work is done. */
    private static void requireInputs(List<Step> steps) {
        Set<Path> written = new HashSet<>();
        for (Step step : steps) {
            step.options().checked();
            if (!written.contains(step.input()) && !Files.isRegularFile(step.input())) {
                throw new TransomException(step.input() + ": " + step.name() + " needs this input; there is no such file. Check the path.");
            }
            written.add(step.output());
        }
    }

    private void plan(Step step) {
        if (!Files.exists(step.input())) {
            session.out().println(step.name() + ": reads " + step.input() + ", which an earlier step will write");
            return;
        }
        InputFile.Scan scan = new InputFile(step.input(), step.format(), step.field()).scan();
        try (OpenModel model = workers.open(step, session.workingDirectory())) {
            session.out().print(PlanText.of(step, scan, model, workers.granted(step, model, scan)));
        }
    }

    private void print(Step step, Tally tally) {
        session.out().printf(Locale.ROOT, "%s: %d lines in %s%s, %d failed; %d tokens in %.1f s, %.1f tokens/s%n", tally.step(),
            tally.items(), step.output(), tally.before() == 0 ? "" : " (" + tally.before() + " of them before)", tally.failures(),
            tally.tokens(), tally.seconds(), tally.tokensPerSecond());
        session.out().flush();
    }

    private static String json(List<Tally> tallies) {
        JsonArrayBuilder steps = Json.createArrayBuilder();
        tallies.forEach(tally -> steps.add(Json.createObjectBuilder().add("step", tally.step()).add("items", tally.items())
            .add("answered_before", tally.before()).add("failures", tally.failures()).add("tokens", tally.tokens())
            .add("seconds", tally.seconds()).add("tokens_per_second", tally.tokensPerSecond())));
        return Json.createObjectBuilder().add("steps", steps).build().toString();
    }
}
