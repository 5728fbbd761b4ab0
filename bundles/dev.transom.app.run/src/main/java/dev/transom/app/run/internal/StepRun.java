package dev.transom.app.run.internal;

import dev.transom.api.TransomException;
import dev.transom.api.application.Progress;
import dev.transom.api.application.Session;
import dev.transom.api.model.OpenModel;
import java.io.IOException;
import java.nio.file.Files;

/**
 * Runs one step from where it stands to its end.
 *
 * @param maxFailures failures after which it stops, below 0 for never
 */
record StepRun(Session session, Progress.Bars bars, Workers workers, long maxFailures) {

    /** What may be done with an output that is there. */
    enum Existing {
        REFUSE, RESUME, OVERWRITE
    }

    static void refuseExisting(Step step) {
        if (Files.exists(step.output())) {
            throw new TransomException(step.output() + ": an output must not exist; it does. Go on with it (--resume) or replace it "
                + "(--overwrite).");
        }
    }

    Tally run(Step step, Existing existing) throws InterruptedException {
        long start = System.nanoTime();
        InputFile input = new InputFile(step.input(), step.format(), step.field());
        InputFile.Scan scan = input.scan();
        try (OutputFile output = open(step, scan, existing)) {
            long before = output.lines();
            long tokens = 0;
            if (before < scan.items()) {
                tokens = work(step, input, scan, output);
            }
            return new Tally(step.name(), scan.items(), before, output.failures(), tokens, (System.nanoTime() - start) * 1e-9);
        } catch (IOException unreadable) {
            throw input.unreadable(unreadable);
        }
    }

    /** An old output goes first, then the state is written, then lines: whenever this is interrupted, what is there fits together. */
    private static OutputFile open(Step step, InputFile.Scan scan, Existing existing) throws IOException {
        StateFile state = new StateFile(step.output());
        if (existing == Existing.OVERWRITE) {
            Files.deleteIfExists(step.output());
        }
        if (Files.exists(step.output())) {
            state.requireSame(step.identity(scan));
        } else {
            state.write(step.identity(scan));
        }
        return OutputFile.open(step.output());
    }

    private long work(Step step, InputFile input, InputFile.Scan scan, OutputFile output) throws IOException, InterruptedException {
        long tokens = 0;
        try (OpenModel model = workers.open(step, session.workingDirectory());
                Worker worker = workers.worker(step, model, scan);
                Items items = input.open(output.lines());
                Progress bar = bars.start(session, step.name(), " lines", scan.items())) {
            bar.to(output.lines());
            boolean more = true;
            while (true) {
                while (more && worker.pending() < worker.capacity()) {
                    Item item = items.next();
                    more = item != null;
                    if (more) {
                        worker.submit(item);
                    }
                }
                if (worker.pending() == 0) {
                    return tokens;
                }
                Worker.Done done = worker.next();
                output.append(done.line());
                tokens += done.tokens();
                bar.to(output.lines());
                stopAfterFailures(step, output);
            }
        }
    }

    private void stopAfterFailures(Step step, OutputFile output) {
        if (maxFailures >= 0 && output.failures() > maxFailures) {
            throw new TransomException(step.output() + ": at most " + maxFailures + " lines may fail; line " + output.lines()
                + " is one more. Its answer tells why; go on with --resume and a larger --max-failures.");
        }
    }
}
