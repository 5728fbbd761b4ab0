package dev.transom.conformance.architecture;

import dev.transom.api.architecture.Architecture;
import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.Head;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.architecture.ModelFacts.Structure;
import dev.transom.api.backend.Backend;
import dev.transom.api.config.Config;
import dev.transom.conformance.Check;
import dev.transom.conformance.internal.Tolerance;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Operations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Checks an architecture on a small configuration with random weights:
 *
 * <ul>
 * <li>facts fit together; a configuration with a field of another type is read or refused in a sentence;
 * <li>every head's graph builds for whatever the head allows, with inputs, outputs, caches and parameters as the api states them,
 *     and a binding for every parameter; what cannot be had is refused in a sentence;
 * <li>rows alone give what rows together give; prefill in chunks and decode give what one pass gives; a fork, and a row that was
 *     truncated, go on as a fresh one; earlier tokens see nothing of later ones;
 * <li>gradients of every head's loss are differences of losses, in float64; dropout is reproducible.
 * </ul>
 *
 * <p>By default graphs run as the operations mean, in float64. {@link #on} runs them on a backend, compares with that meaning,
 * and requires the same bits on one thread and on several. A configuration of two layers, 16 wide, is checked in a second or two.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> conforms() {
 *     Config small = new Config("a small one", Map.of("model_type", "mine", …));
 *     return new ArchitectureKit(new MyArchitecture(), small, Operations.core()).checks().stream()
 *         .map(check -> dynamicTest(check.name(), () -> assertEquals(List.of(), check.broken())));
 * }
 * }</pre>
 */
public final class ArchitectureKit {

    private static final int THREADS = 3;

    private final Optional<Architecture> architecture;
    private final Optional<Config> config;
    private final ModelDefinition definition;
    private final Operations operations;
    private final Optional<Backend> backend;

    /**
     * A kit for one configuration of an architecture.
     *
     * @param config     small, with a vocabulary of at least 8 and room for 13 positions or more
     * @param operations the core ones, and those that the architecture needs beside
     */
    public ArchitectureKit(Architecture architecture, Config config, Operations operations) {
        this(Optional.of(architecture), Optional.of(config), architecture.define(config), operations, Optional.empty());
    }

    /** A kit for a definition that no architecture has read from a configuration. */
    public ArchitectureKit(ModelDefinition definition, Operations operations) {
        this(Optional.empty(), Optional.empty(), definition, operations, Optional.empty());
    }

    private ArchitectureKit(Optional<Architecture> architecture, Optional<Config> config, ModelDefinition definition,
            Operations operations, Optional<Backend> backend) {
        this.architecture = architecture;
        this.config = config;
        this.definition = definition;
        this.operations = operations;
        this.backend = backend;
    }

    /** The same kit, with graphs run on a backend. */
    public ArchitectureKit on(Backend other) {
        return new ArchitectureKit(architecture, config, definition, operations, Optional.of(other));
    }

    /** All checks, none run yet. */
    public List<Check> checks() {
        List<Check> checks = new ArrayList<>(contract());
        checks.addAll(equivalences());
        checks.addAll(training());
        return checks;
    }

    /** What can be told without running a graph. */
    public List<Check> contract() {
        Subject subject = new Subject(definition, operations);
        GraphContract graphs = new GraphContract(subject);
        List<Check> checks = new ArrayList<>();
        checks.add(new Check("facts fit together", broken -> FactsContract.facts(definition, broken)));
        architecture.ifPresent(one -> {
            checks.add(new Check("the model type is announced", broken -> FactsContract.announced(one, definition, broken)));
            checks.add(new Check("a configuration that cannot be read is refused in a sentence",
                broken -> FactsContract.configuration(one, config.orElseThrow(), broken)));
        });
        for (String head : heads()) {
            checks.add(new Check(called(head) + "graphs have the inputs and outputs that the api states", broken -> {
                for (GraphRequest request : graphs.requests(head)) {
                    graphs.check(request, broken);
                }
            }));
        }
        checks.add(new Check("what the model does not have is refused in a sentence", graphs::refusals));
        return checks;
    }

    /** Ways to the same result, with random weights. */
    public List<Check> equivalences() {
        Subject subject = new Subject(definition, operations);
        Machine machine = machine(subject);
        List<Check> checks = new ArrayList<>();
        for (String head : heads()) {
            checks.add(on(called(head) + "rows alone give what rows together give", subject, whole -> broken ->
                whole.alone(head, broken)));
            if (backend.isPresent()) {
                checks.add(on(called(head) + "results are what the operations mean", subject, whole -> broken ->
                    whole.oracle(head, broken)));
                checks.add(new Check(called(head) + "one thread and several give the same bits",
                    broken -> threads(subject, head, broken)));
            }
        }
        checks.add(on("the last of the hidden states is the last hidden state", subject, whole -> whole::lastState));
        checks.add(on("embedding rows may stand for ids", subject, whole -> whole::embeddings));
        checks.add(on("heads together give what each gives alone", subject, whole -> whole::several));
        checks.add(on("a token sees itself, and in a causal model nothing that follows", subject, whole -> whole::causal));
        if (facts().hasHead("lm")) {
            checks.add(on("logits of selected tokens are those among all", subject, whole -> whole::selected));
        }
        if (generates()) {
            checks.add(over("prefill in chunks and decode give what one pass gives", subject, caches -> caches::steps, machine));
            checks.add(over("rows over caches alone give what they give together", subject, caches -> caches::alone, machine));
            checks.add(over("a fork goes on as a fresh row", subject, caches -> caches::fork, machine));
            checks.add(over("a truncated row goes on as a fresh one", subject, caches -> caches::truncate, machine));
        }
        return checks;
    }

    /** Losses, gradients and dropout, with random weights. */
    public List<Check> training() {
        Subject subject = new Subject(definition, operations);
        Machine machine = machine(subject);
        List<Check> checks = new ArrayList<>();
        for (Head head : facts().heads().stream().filter(each -> each.labels() != Head.Labels.NONE).toList()) {
            String name = called(head.name());
            checks.add(new Check(name + "gradients are differences of losses",
                broken -> new TrainingChecks(subject, machine).differences(head, broken)));
            if (backend.isPresent()) {
                checks.add(new Check(name + "loss and gradients are what the operations mean",
                    broken -> new TrainingChecks(subject, machine).oracle(head, broken)));
            }
            checks.add(new Check(name + "dropout draws by seed, step and place",
                broken -> new TrainingChecks(subject, machine).dropout(head, broken)));
        }
        return checks;
    }

    private void threads(Subject subject, String head, List<String> broken) {
        Backend on = backend.orElseThrow();
        Equivalences whole = new Equivalences(subject, machine(subject));
        Map<String, HostTensor> one = whole.whole(new Machine.On(on, subject, 1), head, whole.parts());
        for (int threads = 2; threads <= THREADS; threads++) {
            Machine more = new Machine.On(on, subject, threads);
            String what = " on one thread and on " + threads;
            Map<String, HostTensor> other = whole.whole(more, head, whole.parts());
            one.forEach((name, tensor) -> Tolerance.sameBits(name + what, tensor, other.get(name), broken));
            if (head.equals("lm") && generates()) {
                CacheEquivalences caches = new CacheEquivalences(subject, more);
                List<List<HostTensor>> single = caches.stepped(new Machine.On(on, subject, 1));
                List<List<HostTensor>> several = caches.stepped(more);
                for (int row = 0; row < single.size(); row++) {
                    for (int step = 0; step < single.get(row).size(); step++) {
                        Tolerance.sameBits("logits of step " + step + " of row " + row + what, single.get(row).get(step),
                            several.get(row).get(step), broken);
                    }
                }
            }
        }
    }

    private Check on(String name, Subject subject, Way<Equivalences> way) {
        return new Check(name, broken -> way.of(new Equivalences(subject, machine(subject))).accept(broken));
    }

    private static Check over(String name, Subject subject, Way<CacheEquivalences> way, Machine machine) {
        return new Check(name, broken -> way.of(new CacheEquivalences(subject, machine)).accept(broken));
    }

    private Machine machine(Subject subject) {
        // One thread, for bits do not depend on their number, which has a check of its own.
        return backend.<Machine>map(on -> new Machine.On(on, subject, 1)).orElseGet(() -> new Machine.Oracle(subject));
    }

    private List<String> heads() {
        List<String> heads = new ArrayList<>(List.of(""));
        facts().heads().forEach(head -> heads.add(head.name()));
        return heads;
    }

    private boolean generates() {
        return facts().hasHead("lm") && facts().structure() != Structure.ENCODER;
    }

    private ModelFacts facts() {
        return definition.facts();
    }

    private static String called(String head) {
        return head.isEmpty() ? "without a head: " : "head " + head + ": ";
    }

    /** A check of some equivalences. */
    private interface Way<T> {
        Consumer<List<String>> of(T equivalences);
    }
}
