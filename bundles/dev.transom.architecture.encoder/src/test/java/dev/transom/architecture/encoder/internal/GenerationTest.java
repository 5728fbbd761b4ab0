package dev.transom.architecture.encoder.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.GraphRequest.Limits;
import dev.transom.api.architecture.Inputs;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.backend.Caches;
import dev.transom.api.backend.Executable;
import dev.transom.api.backend.PlanOptions;
import dev.transom.api.backend.PlanOptions.Numerics;
import dev.transom.api.backend.Workspace;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.TypePlan;
import dev.transom.backend.reference.internal.ReferenceBackend;
import dev.transom.graph.Graph;
import dev.transom.graph.Operations;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A causal encoder generates over a cache what the library generates. */
class GenerationTest {

    private static final int BLOCK = 4;
    private static final int BLOCKS = 8;
    private static final int EOS = 2;

    @Test
    void continuesPromptsAsTheReference() {
        try (GoldenCase golden = new GoldenCase("bert-causal")) {
            for (int row = 0; row < 2; row++) {
                int[] expected = golden.expected().ints("greedy." + row);
                assertArrayEquals(expected, greedy(golden, golden.inputs().ints("prompt." + row), expected.length));
            }
        }
    }

    private static int[] greedy(GoldenCase golden, int[] prompt, int most) {
        ModelDefinition definition = golden.definition();
        Graph graph = definition.graph(Operations.core(),
            GraphRequest.generation(new Limits(BLOCK * BLOCKS, 1, BLOCKS, BLOCK, 0, 1)));
        ReferenceBackend backend = new ReferenceBackend(Operations.core());
        CaseParameters parameters = new CaseParameters(definition.bindings(golden.weights().names()), golden.weights());
        try (Executable executable = backend.load(backend.plan(graph, TypePlan.uniform(Format.F32),
                new PlanOptions(Numerics.EXACT, true, 0)), parameters);
                Caches caches = executable.caches(BLOCKS); Workspace workspace = executable.workspace(caches)) {
            int[] row = prompt;
            int done = 0;
            while (row.length < most && row[row.length - 1] != EOS) {
                int next = next(graph, workspace, row, done);
                done = row.length;
                row = IntStream.concat(Arrays.stream(row), IntStream.of(next)).toArray();
            }
            return row;
        }
    }

    /** Runs the tokens from {@code done} on and gives the likeliest that follows. */
    private static int next(Graph graph, Workspace workspace, int[] row, int done) {
        int tokens = row.length - done;
        int[] positions = IntStream.range(done, row.length).toArray();
        graph.inputs().forEach(input -> {
            switch (input.name()) {
                case Inputs.TOKENS -> workspace.setInts(Inputs.TOKENS, Arrays.copyOfRange(row, done, row.length), tokens);
                case Inputs.POSITIONS -> workspace.setInts(Inputs.POSITIONS, positions, tokens);
                case Inputs.TOKEN_TYPES -> workspace.setInts(Inputs.TOKEN_TYPES, new int[tokens], tokens);
                case Inputs.SLOTS -> workspace.setInts(Inputs.SLOTS, positions, tokens);
                case Inputs.OFFSETS -> workspace.setInts(Inputs.OFFSETS, new int[] {0, tokens}, 2);
                case Inputs.LENGTHS -> workspace.setInts(Inputs.LENGTHS, new int[] {row.length}, 1);
                case Inputs.SELECTED -> workspace.setInts(Inputs.SELECTED, new int[] {tokens - 1}, 1);
                case Inputs.BLOCK_TABLES -> workspace.setInts(Inputs.BLOCK_TABLES,
                    IntStream.range(0, BLOCKS).toArray(), 1, BLOCKS);
                default -> throw new AssertionError("the graph asks for " + input.name());
            }
        });
        workspace.run();
        double[] logits = new double[workspace.shape("logits")[1]];
        workspace.readReals("logits", logits);
        return IntStream.range(0, logits.length).reduce((a, b) -> logits[b] > logits[a] ? b : a).orElseThrow();
    }
}
