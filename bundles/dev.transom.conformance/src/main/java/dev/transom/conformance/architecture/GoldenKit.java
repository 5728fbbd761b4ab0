package dev.transom.conformance.architecture;

import dev.transom.api.architecture.Architecture;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.architecture.ModelFacts.Structure;
import dev.transom.api.backend.Backend;
import dev.transom.api.backend.PlanOptions.Numerics;
import dev.transom.api.config.Config;
import dev.transom.api.conformance.CaseKit.Comparison;
import dev.transom.api.conformance.CaseKit.Judged;
import dev.transom.api.format.FolderResources;
import dev.transom.api.format.ModelFiles;
import dev.transom.api.format.ModelFormat;
import dev.transom.api.format.TensorFormat;
import dev.transom.conformance.Check;
import dev.transom.graph.Operations;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Judges an architecture by folders of reference results, without a platform. Such a folder holds a small model as its library
 * saves it, {@code case.json}, {@code inputs.safetensors}, {@code expected.safetensors} and perhaps {@code grads.safetensors}.
 * Outputs, hidden states, the loss, greedy answers and gradients compare within the case's tolerances.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> equalsTheReference() {
 *     return new GoldenKit(new MyArchitecture(), new HuggingFaceFormat(), new SafetensorsFormat(), Operations.core(), backend)
 *         .checks(GoldenKit.root(getClass()).resolve("architectures"), "mine", "mine-tied")
 *         .stream().map(check -> dynamicTest(check.name(), () -> assertEquals(List.of(), check.broken())));
 * }
 * }</pre>
 */
public final class GoldenKit {

    private static final String GREEDY = "greedy.";

    private final Architecture architecture;
    private final ModelFormat format;
    private final TensorFormat tensors;
    private final Operations operations;
    private final Backend backend;

    /**
     * @param format  reads the models
     * @param tensors reads inputs and expected results
     * @param backend runs; one called reference runs in float64, and its gradients are held to 1e-6 of each tensor's largest
     */
    public GoldenKit(Architecture architecture, ModelFormat format, TensorFormat tensors, Operations operations,
            Backend backend) {
        this.architecture = architecture;
        this.format = format;
        this.tensors = tensors;
        this.operations = operations;
        this.backend = backend;
    }

    /** The folder that {@code -Dtransom.golden} names, or {@code /golden} among the resources of a test. */
    public static Path root(Class<?> test) {
        String given = System.getProperty("transom.golden", "");
        if (!given.isEmpty()) {
            return Path.of(given);
        }
        URL copies = test.getResource("/golden");
        if (copies == null) {
            throw new IllegalStateException("reference cases: a folder golden among the test resources is required, or"
                + " -Dtransom.golden=DIR; there is neither.");
        }
        return Path.of(URI.create(copies.toString()));
    }

    /** A check for each folder of that name below {@code root}. */
    public List<Check> checks(Path root, String... names) {
        return Stream.of(names)
            .map(name -> new Check(name, broken -> broken.addAll(failures(judge(root.resolve(name)))))).toList();
    }

    /** Runs the case in a folder and compares everything that it expects. */
    public Judged judge(Path folder) {
        Config json = CaseFile.read(folder.resolve("case.json"));
        Path gradients = folder.resolve("grads.safetensors");
        try (ModelFiles files = format.open(new FolderResources(folder));
                TensorFile inputs = open(folder.resolve("inputs.safetensors"));
                TensorFile expected = open(folder.resolve("expected.safetensors"))) {
            ModelDefinition definition = architecture.define(files.config());
            ModelJudge judge = new ModelJudge(JudgedModel.of(definition, files.tensors()), operations, _ -> backend,
                Numerics.EXACT, inputs);
            Judgement judgement = new Judgement(json, expected, Numerics.EXACT);
            judge.outputs(judgement);
            judge.variants(judgement);
            if (definition.facts().structure() == Structure.CAUSAL) {
                greedy(judge, inputs, judgement);
            } else {
                judgement.skip(GREEDY, "the kit answers for causal models only");
            }
            judgement.skip("beam.", "there is no beam search");
            judgement.rest();
            if (Files.exists(gradients)) {
                try (TensorFile stored = open(gradients)) {
                    judge.gradients(judgement, stored);
                }
            }
            return judgement.verdict(folder.getFileName().toString());
        }
    }

    /** One sentence for each expected item that is missed. */
    static List<String> failures(Judged judged) {
        return judged.comparisons().stream().filter(comparison -> !comparison.passed())
            .map(comparison -> sentence(judged.name(), comparison)).toList();
    }

    private static String sentence(String name, Comparison comparison) {
        return String.format(Locale.ROOT, "%s: %s must be the reference's within %.2e; the largest difference is %.2e.", name,
            comparison.item(), comparison.tolerance(), comparison.difference());
    }

    private static void greedy(ModelJudge judge, TensorFile inputs, Judgement judgement) {
        Config options = judgement.json().object("options").flatMap(all -> all.object("greedy")).orElse(null);
        if (options == null) {
            return;
        }
        for (String item : judgement.open().stream().filter(name -> name.startsWith(GREEDY)).toList()) {
            int[] answer = answer(judge, inputs.ints("prompt." + item.substring(GREEDY.length())), options);
            judgement.compare(item, Differences.count(judgement.expected().ints(item), answer), 0);
        }
    }

    /** The prompt and the likeliest tokens after it, one whole pass for each, the one that ends included. */
    private static int[] answer(ModelJudge judge, int[] prompt, Config options) {
        List<Integer> ends = options.ids("eos_token_id");
        List<Integer> row = new ArrayList<>(Arrays.stream(prompt).boxed().toList());
        for (int i = 0; i < options.size("max_new_tokens"); i++) {
            double[] logits = judge.logitsAfter(row.stream().mapToInt(Integer::intValue).toArray());
            if (logits.length == 0) {
                break;
            }
            int best = 0;
            for (int id = 1; id < logits.length; id++) {
                best = logits[id] > logits[best] ? id : best;
            }
            row.add(best);
            if (ends.contains(best)) {
                break;
            }
        }
        return row.stream().mapToInt(Integer::intValue).toArray();
    }

    private TensorFile open(Path file) {
        return new TensorFile(List.of(tensors), file);
    }
}
