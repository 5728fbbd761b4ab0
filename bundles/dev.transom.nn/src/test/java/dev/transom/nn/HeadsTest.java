package dev.transom.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.GraphRequest.Extra;
import dev.transom.api.architecture.Head.Labels;
import dev.transom.api.architecture.Inputs;
import dev.transom.api.architecture.RaggedBatch;
import dev.transom.graph.Autodiff;
import dev.transom.graph.Graph;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Node;
import dev.transom.graph.Operations;
import dev.transom.nn.Recipe.Structure;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Outputs and losses of heads, worked out again from the last hidden state. */
class HeadsTest {

    private static final List<int[]> ROWS = List.of(new int[] {3, 1, 4, 1, 5}, new int[] {2, 7, 1});

    @Test
    void aClassifierScoresThePooledVectorOfEachRow() {
        Map<String, HostTensor> results = run(RowHead.of(Labels.ROW_CLASS, Pooling.FIRST, "classifier", 3)
            .with(Transform.of("pooler", 12, "tanh")), Map.of(Inputs.LABELS, ints(2, -1)));
        double[] scores = results.get("logits").reals();
        assertArrayEquals(new long[] {2, 3}, results.get("logits").shape());
        double[] hidden = results.get("last_hidden_state").reals();
        for (int row = 0; row < 2; row++) {
            double[] first = Arrays.copyOfRange(hidden, row * 5 * 12, (row * 5 + 1) * 12);
            double[] pooled = Arrays.stream(linear(first, "pooler", 12)).map(Math::tanh).toArray();
            assertArrayEquals(linear(pooled, "classifier", 3), Arrays.copyOfRange(scores, row * 3, row * 3 + 3), 1e-12);
        }
        // Row 1's label is ignored.
        assertEquals(crossEntropy(Arrays.copyOf(scores, 3), 2), results.get("loss").reals()[0], 1e-12);
    }

    @Test
    void pooledTakesTheLastTokenOrTheMean() {
        double[] hidden = run(new PooledHead(Pooling.LAST, Optional.empty()), Map.of()).get("last_hidden_state").reals();
        double[] last = run(new PooledHead(Pooling.LAST, Optional.empty()), Map.of()).get("pooler_output").reals();
        double[] mean = run(new PooledHead(Pooling.MEAN, Optional.empty()), Map.of()).get("pooler_output").reals();
        assertArrayEquals(Arrays.copyOfRange(hidden, 4 * 12, 5 * 12), Arrays.copyOf(last, 12), 1e-12);
        assertEquals((hidden[5 * 12] + hidden[6 * 12] + hidden[7 * 12]) / 3, mean[12], 1e-12);
    }

    @Test
    void pooledHasNoLoss() {
        RecipeModel model = model(new PooledHead(Pooling.LAST, Optional.empty()));
        assertEquals("head pooled: a head with labels is required for a loss; this one has none. Choose another head.",
            assertThrows(TransomException.class,
                () -> model.graph(Operations.core(), GraphRequest.training("pooled", false, Fixture.limits()))).getMessage());
    }

    @Test
    void severalLabelsAreJudgedEachOnItsOwn() {
        Map<String, HostTensor> results = run(RowHead.of(Labels.ROW_MULTI_LABEL, Pooling.LAST, "score", 2).withoutBias(),
            Map.of(Inputs.LABELS, HostTensor.ofReals(new double[] {1, 0, 1, 1}, 2, 2)));
        double[] x = results.get("logits").reals();
        double sum = -Math.log(sigmoid(x[0])) - Math.log(1 - sigmoid(x[1])) - Math.log(sigmoid(x[2])) - Math.log(sigmoid(x[3]));
        assertEquals(sum / 4, results.get("loss").reals()[0], 1e-12);
    }

    @Test
    void regressionIsJudgedByTheSquare() {
        Map<String, HostTensor> results = run(RowHead.of(Labels.ROW_VALUE, Pooling.MEAN, "score", 1),
            Map.of(Inputs.LABELS, HostTensor.ofReals(new double[] {0.5, -2}, 2, 1)));
        double[] x = results.get("logits").reals();
        assertEquals((Math.pow(x[0] - 0.5, 2) + Math.pow(x[1] + 2, 2)) / 2, results.get("loss").reals()[0], 1e-12);
    }

    @Test
    void tokensAreClassifiedOneByOne() {
        Map<String, HostTensor> results = run(new TokenHead("classifier", 3, 0.1),
            Map.of(Inputs.LABELS, ints(-100, 2, -100, -100, -100, -100, 0, -100)));
        double[] x = results.get("logits").reals();
        double expected = (crossEntropy(Arrays.copyOfRange(x, 3, 6), 2) + crossEntropy(Arrays.copyOfRange(x, 18, 21), 0)) / 2;
        assertEquals(expected, results.get("loss").reals()[0], 1e-12);
    }

    @Test
    void aSpanIsChosenAmongTheTokensOfItsRow() {
        Map<String, HostTensor> results = run(new SpanHead("qa_outputs", 0),
            Map.of(Inputs.START_LABELS, ints(1, 6), Inputs.END_LABELS, ints(3, -1)));
        double[] start = results.get("start_logits").reals();
        double[] end = results.get("end_logits").reals();
        double starts = (crossEntropy(Arrays.copyOf(start, 5), 1) + crossEntropy(Arrays.copyOfRange(start, 5, 8), 1)) / 2;
        double ends = crossEntropy(Arrays.copyOf(end, 5), 3); // row 1 has no end
        assertEquals((starts + ends) / 2, results.get("loss").reals()[0], 1e-12);
    }

    /** The gradient of the weight is (softmax − label)·hidden, summed; the bias moves all logits of a row alike: none. */
    @Test
    void aSpansLossHasTheGradientOfCrossEntropy() {
        RecipeModel model = model(new SpanHead("qa_outputs", 0));
        Graph forward = model.graph(Operations.core(), GraphRequest.training("span", false, Fixture.limits())
            .with(Extra.LAST_HIDDEN_STATE));
        Graph graph = Autodiff.withGradients(Operations.core(), forward, List.of("qa_outputs.weight", "qa_outputs.bias"));
        Map<String, HostTensor> inputs = new HashMap<>(RaggedBatch.of(ROWS).inputs(model, graph, ""));
        inputs.put(Inputs.START_LABELS, ints(1, 6));
        inputs.put(Inputs.END_LABELS, ints(3, 5));
        Map<String, HostTensor> results = Fixture.run(graph, inputs, Map.of());
        double[] hidden = results.get("last_hidden_state").reals();
        double[] expected = new double[24];
        accumulate(expected, 0, hidden, results.get("start_logits").reals(), new int[] {1, 6});
        accumulate(expected, 12, hidden, results.get("end_logits").reals(), new int[] {3, 5});
        assertArrayEquals(expected, results.get(Autodiff.gradientName("qa_outputs.weight")).reals(), 1e-12);
        assertArrayEquals(new double[2], results.get(Autodiff.gradientName("qa_outputs.bias")).reals(), 1e-12);
    }

    private static void accumulate(double[] gradient, int at, double[] hidden, double[] logits, int[] labels) {
        int[] offsets = {0, 5, 8};
        for (int row = 0; row < 2; row++) {
            double sum = Arrays.stream(logits, offsets[row], offsets[row + 1]).map(Math::exp).sum();
            for (int token = offsets[row]; token < offsets[row + 1]; token++) {
                double slope = (Math.exp(logits[token]) / sum - (token == labels[row] ? 1 : 0)) / 4;
                for (int i = 0; i < 12; i++) {
                    gradient[at + i] += slope * hidden[token * 12 + i];
                }
            }
        }
    }

    @Test
    void aMaskedModelTransformsBeforeTheTiedMatrix() {
        ModelHead mlm = VocabularyHead.unshifted("mlm", "logits", "embedding", 11).biased("mlm.bias")
            .with(new Transform("mlm_transform", 12, "gelu", Fixture.layerNorm()));
        Graph graph = model(mlm).graph(Operations.core(), Fixture.whole("mlm"));
        List<String> names = graph.parameters().stream().map(Node::name).toList();
        assertEquals(List.of("mlm_transform.weight", "mlm_transform.bias", "mlm_transform_norm.weight", "mlm_transform_norm.bias",
            "mlm.bias"), names.subList(names.size() - 5, names.size()));
    }

    @Test
    void logitsAreNotHeldForALossWithoutBias() {
        Graph graph = model(VocabularyHead.lm("lm_head", 11)).graph(Operations.core(),
            GraphRequest.training("lm", false, Fixture.limits()));
        assertEquals("linear_cross_entropy", graph.node(graph.outputs().get("loss")).operation());
    }

    @Test
    void severalHeadsShareAGraph() {
        RecipeModel model = model(VocabularyHead.lm("embedding", 11), new PooledHead(Pooling.FIRST, Optional.empty()));
        Graph graph = model.graph(Operations.core(), GraphRequest.whole(List.of("lm", "pooled"), Fixture.limits()));
        assertEquals(Set.of("logits", "pooler_output"), graph.outputs().keySet());
    }

    @Test
    void headsWhoseOutputsAreCalledAlikeAreRefusedTogether() {
        RecipeModel model = model(VocabularyHead.lm("embedding", 11), new TokenHead("classifier", 3, 0));
        assertEquals("model test: heads of one graph must give different outputs; lm and tokens both give logits. Ask for"
            + " them one at a time.", assertThrows(TransomException.class, () -> model.graph(Operations.core(),
                GraphRequest.whole(List.of("lm", "tokens"), Fixture.limits()))).getMessage());
    }

    private static RecipeModel model(ModelHead... heads) {
        return Fixture.model(Fixture.recipe(Structure.ENCODER, Fixture.POSITIONS.get(1), Fixture.FEED_FORWARDS.get(1), "post-LN"),
            heads);
    }

    private static Map<String, HostTensor> run(ModelHead head, Map<String, HostTensor> labels) {
        RecipeModel model = model(head);
        GraphRequest request = new GraphRequest(List.of(head.head().name()), false, !labels.isEmpty(), false, false, false,
            Set.of(Extra.LAST_HIDDEN_STATE), Fixture.limits());
        Graph graph = model.graph(Operations.core(), request);
        Map<String, HostTensor> inputs = new HashMap<>(RaggedBatch.of(ROWS).inputs(model, graph, ""));
        inputs.putAll(labels);
        return Fixture.run(graph, inputs, Map.of());
    }

    /** The fixture's weights depend on their names only. */
    private static double[] linear(double[] x, String name, int out) {
        Graph graph = model(RowHead.of(Labels.ROW_CLASS, Pooling.FIRST, "classifier", 3).with(Transform.of("pooler", 12, "tanh")))
            .graph(Operations.core(), Fixture.whole("classification"));
        double[] weight = Fixture.weights(graph).get(name + ".weight").reals();
        double[] y = Fixture.weights(graph).get(name + ".bias").reals().clone();
        for (int i = 0; i < out; i++) {
            for (int j = 0; j < x.length; j++) {
                y[i] += weight[i * x.length + j] * x[j];
            }
        }
        return y;
    }

    private static double crossEntropy(double[] logits, int label) {
        return Math.log(Arrays.stream(logits).map(Math::exp).sum()) - logits[label];
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static HostTensor ints(int... values) {
        return HostTensor.ofInts(values, values.length);
    }
}
