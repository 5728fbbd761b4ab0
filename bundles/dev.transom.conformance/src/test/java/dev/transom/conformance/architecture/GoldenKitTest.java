package dev.transom.conformance.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.GraphRequest.Extra;
import dev.transom.api.architecture.Inputs;
import dev.transom.api.architecture.RaggedBatch;
import dev.transom.api.config.Config;
import dev.transom.api.conformance.CaseKit.Comparison;
import dev.transom.api.conformance.CaseKit.Judged;
import dev.transom.api.format.ModelFiles;
import dev.transom.api.format.ModelFormat;
import dev.transom.api.format.Resources;
import dev.transom.api.format.TensorFormat;
import dev.transom.api.tensor.TensorSource;
import dev.transom.api.tokenizer.Tokenizer;
import dev.transom.conformance.architecture.TinyDecoder.Flaw;
import dev.transom.graph.Autodiff;
import dev.transom.graph.Graph;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Node;
import dev.transom.graph.Operations;
import dev.transom.graph.Precision;
import dev.transom.graph.ReferenceRun;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A case made of the good decoder's own results: it passes, and a sabotaged twin does not. */
class GoldenKitTest {

    private static final Operations OPERATIONS = Operations.core();
    private static final String CASE = """
        {"kind": "architecture", "tolerance": 1e-6, "tolerances": {"loss": 1e-5},
         "options": {"greedy": {"max_new_tokens": 3, "eos_token_id": 99}}, "insensitive": [],
         "grads": {"tolerances": {}}}
        """;
    /** Two rows, the second padded. */
    private static final List<int[]> ROWS = List.of(new int[] {1, 2, 3, 4, 5}, new int[] {6, 7, 8});

    @TempDir
    private Path folder;

    private final Map<String, Map<String, HostTensor>> files = new HashMap<>();

    @BeforeEach
    void writeTheCase() throws IOException {
        Subject subject = new Subject(TinyDecoder.with(Flaw.NONE), OPERATIONS);
        Graph forward = subject.graph(subject.training("lm", false).with(Extra.HIDDEN_STATES));
        List<String> parameters = forward.parameters().stream().map(Node::name).toList();
        Graph graph = Autodiff.withGradients(OPERATIONS, forward, parameters);
        Map<String, HostTensor> values = new HashMap<>(RaggedBatch.of(ROWS).inputs(subject.definition(), graph, ""));
        values.put(Inputs.LABELS, HostTensor.ofInts(new int[] {2, 3, 4, 5, -100, 7, 8, -100}, 8));
        Map<String, HostTensor> outputs = new ReferenceRun(graph, OPERATIONS, Precision.FLOAT64)
            .run(values, subject.parameters().rounded(), Map.of());
        files.put("model", subject.parameters().rounded());
        files.put("inputs", Map.of("input_ids", ints(new int[] {1, 2, 3, 4, 5, 6, 7, 8, 0, 0}),
            "attention_mask", ints(new int[] {1, 1, 1, 1, 1, 1, 1, 1, 0, 0}),
            "labels", ints(new int[] {1, 2, 3, 4, 5, 6, 7, 8, -100, -100}),
            "left.input_ids", ints(new int[] {1, 2, 3, 4, 5, 0, 0, 6, 7, 8}),
            "left.attention_mask", ints(new int[] {1, 1, 1, 1, 1, 0, 0, 1, 1, 1}),
            "left.position_ids", ints(new int[] {0, 1, 2, 3, 4, 0, 0, 0, 1, 2}),
            "prompt.0", HostTensor.ofInts(new int[] {1, 2, 3}, 3)));
        files.put("expected", Map.of("logits", padded(outputs.get("logits"), 0), "left.logits", padded(outputs.get("logits"), 2),
            "hidden_states.1", padded(outputs.get("hidden_states.1"), 0), "loss", outputs.get("loss"),
            "greedy.0", HostTensor.ofInts(answer(subject), 6)));
        Map<String, HostTensor> gradients = new HashMap<>();
        parameters.forEach(name -> gradients.put(name, outputs.get(Autodiff.gradientName(name))));
        files.put("grads", gradients);
        for (String name : List.of("inputs", "expected", "grads")) {
            Files.createFile(folder.resolve(name + ".safetensors"));
        }
        Files.writeString(folder.resolve("case.json"), CASE);
    }

    @Test
    void theArchitectureThatMadeTheCasePasses() {
        Judged judged = judge(Flaw.NONE);
        assertEquals(List.of(), GoldenKit.failures(judged));
        assertEquals(List.of("greedy.0", "hidden_states.1", "left.logits", "logits", "loss"),
            judged.comparisons().stream().map(Comparison::item).filter(item -> !item.startsWith("grad ")).sorted().toList());
        assertEquals(files.get("grads").size(),
            judged.comparisons().stream().filter(comparison -> comparison.item().startsWith("grad ")).count());
    }

    @Test
    void aSabotagedTwinFailsAndTheItemsAreNamed() {
        List<String> failures = GoldenKit.failures(judge(Flaw.NOT_CAUSAL));
        String name = folder.getFileName().toString();
        for (String item : List.of("logits", "left.logits", "loss", "hidden_states.1", "grad layers.0.q")) {
            assertTrue(failures.stream().anyMatch(sentence -> sentence.startsWith(name + ": " + item
                + " must be the reference's within ")), item + ": " + failures);
        }
    }

    @Test
    void anOutputThatIsNotThereFails() {
        List<String> failures = GoldenKit.failures(judge(Flaw.OUTPUT_MISNAMED));
        assertTrue(failures.stream().anyMatch(sentence -> sentence.contains("logits must be")), failures.toString());
    }

    @Test
    void beamsAreSkippedAndSaidSo() {
        Map<String, HostTensor> more = new HashMap<>(files.get("expected"));
        more.put("beam.scores.0", HostTensor.ofReals(new double[] {1}, 1));
        files.put("expected", more);
        assertEquals(List.of("beam.scores.0: there is no beam search"), judge(Flaw.NONE).skipped());
    }

    private Judged judge(Flaw flaw) {
        return new GoldenKit(TinyDecoder.architecture(flaw), new Format(), new Tensors(), OPERATIONS,
            new OracleBackend(OPERATIONS)).judge(folder);
    }

    /** The likeliest tokens by hand: one pass for each. */
    private static int[] answer(Subject subject) {
        int[] row = {1, 2, 3};
        while (row.length < 6) {
            Graph graph = subject.graph(GraphRequest.whole(List.of("lm"), subject.limits()));
            double[] logits = new ReferenceRun(graph, OPERATIONS, Precision.FLOAT64).run(RaggedBatch.of(List.of(row))
                .inputs(subject.definition(), graph, ""), subject.parameters().rounded(), Map.of()).get("logits").reals();
            int vocabulary = logits.length / row.length;
            int best = 0;
            for (int id = 0; id < vocabulary; id++) {
                best = logits[logits.length - vocabulary + id] > logits[logits.length - vocabulary + best] ? id : best;
            }
            row = Arrays.copyOf(row, row.length + 1);
            row[row.length - 1] = best;
        }
        return row;
    }

    private static HostTensor ints(int[] values) {
        return HostTensor.ofInts(values, 2, 5);
    }

    /** The tensor of eight tokens as [2, 5, width], the second row behind {@code before} padded places. */
    private static HostTensor padded(HostTensor tokens, int before) {
        int width = (int) tokens.shape()[1];
        double[] all = new double[10 * width];
        System.arraycopy(tokens.reals(), 0, all, 0, 5 * width);
        System.arraycopy(tokens.reals(), 5 * width, all, (5 + before) * width, 3 * width);
        return HostTensor.ofReals(all, 2, 5, width);
    }

    /** Gives the files of the test whatever lies in the folder. */
    private final class Tensors implements TensorFormat {

        @Override
        public String suffix() {
            return ".safetensors";
        }

        @Override
        public TensorSource read(String where, MemorySegment file) {
            String name = Path.of(where).getFileName().toString();
            return new HeldTensors(files.get(name.substring(0, name.indexOf('.'))));
        }
    }

    /** The tiny model. */
    private final class Format implements ModelFormat {

        @Override
        public String name() {
            return "held";
        }

        @Override
        public boolean recognises(Resources resources) {
            return true;
        }

        @Override
        public ModelFiles open(Resources resources) {
            return new TinyFiles(new HeldTensors(files.get("model")));
        }
    }

    /** Its files. */
    private record TinyFiles(TensorSource tensors) implements ModelFiles {

        @Override
        public String where() {
            return "tiny";
        }

        @Override
        public Config config() {
            return new Config("tiny/config.json", Map.of("model_type", "tiny", "hidden_size", 6L));
        }

        @Override
        public Config generationConfig() {
            return new Config("tiny/generation_config.json", Map.of());
        }

        @Override
        public Optional<Config> json(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<Tokenizer> tokenizer() {
            return Optional.empty();
        }

        @Override
        public void close() {
            tensors.close();
        }
    }
}
