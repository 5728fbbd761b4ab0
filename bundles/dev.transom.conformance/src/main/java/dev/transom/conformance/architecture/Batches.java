package dev.transom.conformance.architecture;

import dev.transom.api.architecture.GraphRequest.Limits;
import dev.transom.api.architecture.Inputs;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.graph.Graph;
import dev.transom.graph.HostTensor;
import java.util.HashMap;
import java.util.Map;

/**
 * The batches of one run.
 *
 * @param main   what the model continues or encodes; the target side of an encoder-decoder
 * @param source the source side of an encoder-decoder, else null
 */
record Batches(PaddedBatch main, PaddedBatch source) {

    static Batches of(TensorFile inputs, ModelDefinition definition) {
        return switch (definition.facts().structure()) {
            case ENCODER_DECODER -> new Batches(PaddedBatch.target(inputs), PaddedBatch.of(inputs, ""));
            case CAUSAL, ENCODER -> new Batches(PaddedBatch.of(inputs, ""), null);
        };
    }

    Limits limits() {
        Limits limits = main.limits();
        return source == null ? limits
            : new Limits(limits.tokens(), limits.rows(), limits.blocks(), limits.blockSize(), source.ragged().tokens());
    }

    /** All inputs of the graph but labels. */
    Map<String, HostTensor> inputs(ModelDefinition definition, Graph graph) {
        Map<String, HostTensor> inputs = new HashMap<>(main.ragged().inputs(definition, graph, ""));
        if (source != null) {
            inputs.putAll(source.ragged().inputs(definition, graph, Inputs.SOURCE));
        }
        return inputs;
    }

    /**
     * Largest difference between an expected tensor and an output, at valid positions of the side that it belongs to; infinite
     * where there is no such output.
     *
     * @param item   name in {@code expected}
     * @param output name of the output
     */
    double difference(TensorFile expected, String item, String output, HostTensor actual) {
        if (actual == null) {
            return Double.POSITIVE_INFINITY;
        }
        PaddedBatch side = source != null && output.startsWith("encoder_") ? source : main;
        double[] wanted = expected.reals(item);
        return side.perToken(expected.shape(item), actual) ? side.difference(wanted, actual.reals())
            : Differences.largest(wanted, actual.reals());
    }
}
