package dev.transom.api.conformance;

import dev.transom.api.backend.PlanOptions.Numerics;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Judges cases of some kinds: reads a {@code case.json} and what lies beside it, runs Transom, compares. Registered as a
 * service, so that a plugin brings the kit for its own kind. Called from any thread.
 */
@ConsumerType
public interface CaseKit {

    /** Values of {@code kind} in case.json that it judges. */
    List<String> kinds();

    /**
     * Judges every case of one file.
     *
     * @param file    a case.json whose kind is one of {@link #kinds}
     * @param options how
     * @param report  receives each verdict as it is reached (one file may hold many cases)
     */
    void judge(Path file, Options options, Consumer<Verdict> report);

    /**
     * How to judge.
     *
     * @param backend   name of the backend
     * @param numerics  exact or fast; under fast a comparison may be as far off as the case says, else three times its tolerance
     * @param gradients also compare gradients where a case carries them
     * @param models    where real models lie
     * @param verbose   all comparisons, not only the worst of each case
     */
    record Options(String backend, Numerics numerics, boolean gradients, Optional<Path> models, boolean verbose) {
    }

    /** What came of one case. */
    sealed interface Verdict {
        /** Name of the case, unique in its file. */
        String name();
    }

    /**
     * A case that ran.
     *
     * @param comparisons one for each expected tensor or item
     * @param skipped     expected items that are not judged yet, with the reason
     */
    record Judged(String name, List<Comparison> comparisons, List<String> skipped) implements Verdict {
        public Judged {
            comparisons = List.copyOf(comparisons);
            skipped = List.copyOf(skipped);
        }

        public boolean passed() {
            return comparisons.stream().allMatch(Comparison::passed);
        }
    }

    /**
     * A case that nothing here can run.
     *
     * @param what what is missing, for example {@code architecture model_type=bart} or {@code sampler mirostat}
     */
    record Missing(String name, String what) implements Verdict {
    }

    /** A case that broke: the sentence. */
    record Broken(String name, String sentence) implements Verdict {
    }

    /**
     * One expected item.
     *
     * @param item       its name, for example logits
     * @param difference largest difference, NaN counts as infinite; for exact items 0 or the number that differ
     * @param tolerance  largest difference allowed
     */
    record Comparison(String item, double difference, double tolerance) {
        public boolean passed() {
            return difference <= tolerance;
        }
    }
}
