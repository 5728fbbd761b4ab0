package dev.transom.architecture.encoder.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.graph.Autodiff;
import dev.transom.graph.Graph;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Node;
import dev.transom.graph.Operations;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What transformers computes with the same weights: hidden states, outputs of heads, losses, gradients. */
class GoldenTest {

    /** Largest difference in float64, as a share of the tensor's largest element: expected tensors are stored as F32. */
    private static final double SHARE = 1e-6;

    @ParameterizedTest
    @ValueSource(strings = {"bert", "bert-causal", "bert-mlm", "bert-pretraining", "bert-seq-single-label",
        "bert-seq-multi-label", "bert-seq-regression", "bert-token-classification", "bert-qa", "roberta", "roberta-seq",
        "xlm-roberta", "distilbert", "distilbert-seq"})
    void equalsTheReference(String name) {
        try (GoldenCase golden = new GoldenCase(name)) {
            CaseRun run = CaseRun.of(golden, PaddedBatch.valid(golden.inputs()));
            Graph graph = run.graph();
            Map<String, double[]> outputs = run.run(graph, run.given(graph));
            Tensors expected = golden.expected();
            for (String tensor : judged(name, expected)) {
                double[] want = expected.reals(tensor);
                double[] got = outputs.get(tensor);
                boolean padded = want.length != got.length;
                double difference = largest(padded ? run.batch().ragged(want) : want, got);
                assertTrue(difference <= Math.min(golden.tolerance(tensor), SHARE * Math.max(1, largest(want))),
                    name + " " + tensor + ": " + difference);
            }
        }
    }

    /** Generated ids are compared elsewhere; a span loss over padding too. */
    private static List<String> judged(String name, Tensors expected) {
        return expected.source().names().stream().filter(tensor -> !tensor.startsWith("greedy."))
            .filter(tensor -> !(name.equals("bert-qa") && tensor.equals("loss"))).toList();
    }

    /** The library's softmax over the columns of a row has padding in it. */
    @Test
    void equalsTheReferencesSpanLossOnceItsPaddingIsAskedToo() {
        try (GoldenCase golden = new GoldenCase("bert-qa")) {
            CaseRun run = CaseRun.of(golden, PaddedBatch.all(golden.inputs()));
            Graph graph = PaddedKeys.rewrite(Operations.core(), run.graph());
            Map<String, HostTensor> given = new HashMap<>(run.given(run.graph()));
            given.putAll(PaddedKeys.inputs(golden.inputs().rows("attention_mask")));
            double loss = run.run(graph, given).get("loss")[0];
            assertEquals(golden.expected().reals("loss")[0], loss, SHARE * loss);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert-mlm", "bert-seq-single-label"})
    void differentiatesAsTheReference(String name) {
        try (GoldenCase golden = new GoldenCase(name)) {
            CaseRun run = CaseRun.of(golden, PaddedBatch.valid(golden.inputs()));
            Graph forward = run.graph();
            List<String> parameters = forward.parameters().stream().map(Node::name).toList();
            Graph graph = Autodiff.withGradients(Operations.core(), forward, parameters);
            Map<String, double[]> outputs = run.run(graph, run.given(graph));
            Tensors expected = golden.gradients();
            TreeSet<String> left = new TreeSet<>(expected.source().names());
            for (String parameter : parameters) {
                String stored = run.parameters().stored(parameter);
                left.remove(stored);
                if (!golden.insensitive().contains(stored)) {
                    double[] want = expected.reals(stored);
                    double share = largest(want, outputs.get(Autodiff.gradientName(parameter))) / largest(want);
                    assertTrue(share <= SHARE, name + " " + stored + ": " + share);
                }
            }
            assertEquals(List.of(), List.copyOf(left));
        }
    }

    private static double largest(double[] want, double[] got) {
        assertEquals(want.length, got.length);
        double[] differences = new double[want.length];
        Arrays.setAll(differences, i -> Math.abs(want[i] - got[i]));
        return largest(differences);
    }

    private static double largest(double[] values) {
        return Stream.of(values).flatMapToDouble(Arrays::stream).map(Math::abs).map(value ->
            Double.isNaN(value) ? Double.POSITIVE_INFINITY : value).max().orElse(0);
    }
}
