package dev.transom.conformance.architecture;

import dev.transom.api.architecture.GraphRequest.Limits;
import dev.transom.api.architecture.Inputs;
import dev.transom.conformance.architecture.Row.Part;
import dev.transom.graph.CounterRandom;
import dev.transom.graph.Graph;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Node;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Values for every input of {@link Inputs} that a graph declares, labels and seeds apart. */
final class StepInputs {

    private final Subject subject;
    private final Graph graph;
    private final Limits limits;
    private final List<Part> parts;

    private StepInputs(Subject subject, Graph graph, List<Part> parts) {
        this.subject = subject;
        this.graph = graph;
        this.limits = subject.limits();
        this.parts = parts;
    }

    static Map<String, HostTensor> of(Subject subject, Graph graph, List<Part> parts) {
        StepInputs step = new StepInputs(subject, graph, parts);
        Map<String, HostTensor> inputs = new HashMap<>();
        step.side("", parts.stream().map(StepInputs::target).toList(), inputs);
        step.side(Inputs.SOURCE, parts.stream().map(step::source).toList(), inputs);
        return inputs;
    }

    private static Span target(Part part) {
        return new Span(part.row().ids(), part.from(), part.to(), part.row().blocks());
    }

    /** Over caches a source is read with its row's first tokens; afterwards only its length is told. */
    private Span source(Part part) {
        int[] ids = part.row().source();
        boolean read = !graph.caches().isEmpty() && part.from() > 0;
        return new Span(ids, read ? ids.length : 0, ids.length, part.row().sourceBlocks());
    }

    private void side(String prefix, List<Span> spans, Map<String, HostTensor> inputs) {
        for (Node node : graph.inputs()) {
            if (node.name().startsWith(prefix)) {
                HostTensor input = input(node.name().substring(prefix.length()), node, spans);
                if (input != null) {
                    inputs.put(node.name(), input);
                }
            }
        }
    }

    private HostTensor input(String name, Node node, List<Span> spans) {
        int[] offsets = new int[spans.size() + 1];
        for (int r = 0; r < spans.size(); r++) {
            offsets[r + 1] = offsets[r] + spans.get(r).tokens();
        }
        return switch (name) {
            case Inputs.TOKENS -> ints(spans.stream().flatMapToInt(Span::taken));
            case Inputs.EMBEDDINGS -> embeddings(spans, Math.toIntExact(node.output().shape().last().max()));
            case Inputs.POSITIONS -> ints(spans.stream().flatMapToInt(Span::positions));
            case Inputs.TOKEN_TYPES -> ints(spans.stream().flatMapToInt(Span::positions).map(_ -> 0));
            case Inputs.SLOTS -> ints(spans.stream().flatMapToInt(Span::slots));
            case Inputs.OFFSETS -> ints(IntStream.of(offsets));
            case Inputs.FIRST -> ints(IntStream.range(0, spans.size()).map(r -> offsets[r]));
            case Inputs.LAST -> ints(IntStream.range(0, spans.size()).map(r -> offsets[r + 1] - 1));
            case Inputs.LENGTHS -> ints(spans.stream().mapToInt(Span::to));
            case Inputs.SELECTED -> ints(IntStream.range(0, offsets[spans.size()]));
            case Inputs.BLOCK_TABLES -> tables(spans);
            case Inputs.ROPE_FREQUENCIES -> frequencies(spans.size());
            default -> null;
        };
    }

    private HostTensor tables(List<Span> spans) {
        int[] tables = new int[spans.size() * limits.blocks()];
        for (int r = 0; r < spans.size(); r++) {
            int[] blocks = spans.get(r).blocks;
            System.arraycopy(blocks, 0, tables, r * limits.blocks(), blocks.length);
        }
        return HostTensor.ofInts(tables, spans.size(), limits.blocks());
    }

    /** Those of one length for all rows and steps, so that scalings that depend on it change nothing between ways to a result. */
    private HostTensor frequencies(int rows) {
        double[] one = subject.definition().ropeFrequencies(limits.tokens()).orElseThrow();
        double[] all = new double[rows * one.length];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(one, 0, all, row * one.length, one.length);
        }
        return HostTensor.ofReals(all, rows, one.length).rounded();
    }

    /** A random row for each token, the same for the same token. */
    private static HostTensor embeddings(List<Span> spans, int width) {
        int[] ids = spans.stream().flatMapToInt(Span::taken).toArray();
        double[] rows = new double[ids.length * width];
        Arrays.setAll(rows, i -> 2 * CounterRandom.uniform(11, ids[i / width], 0, i % width) - 1);
        return HostTensor.ofReals(rows, ids.length, width).rounded();
    }

    private static HostTensor ints(IntStream elements) {
        int[] all = elements.toArray();
        return HostTensor.ofInts(all, all.length);
    }

    /** Tokens of one row on one side. */
    private record Span(int[] ids, int from, int to, int[] blocks) {

        int tokens() {
            return to - from;
        }

        IntStream positions() {
            return IntStream.range(from, to);
        }

        IntStream taken() {
            return positions().map(position -> ids[position]);
        }

        IntStream slots() {
            return positions().map(position -> blocks[position / Subject.BLOCK] * Subject.BLOCK + position % Subject.BLOCK);
        }
    }
}
