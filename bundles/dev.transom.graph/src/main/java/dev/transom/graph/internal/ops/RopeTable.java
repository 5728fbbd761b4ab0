package dev.transom.graph.internal.ops;

import dev.transom.graph.Attributes;
import dev.transom.graph.Cost;
import dev.transom.graph.Dim;
import dev.transom.graph.GradientContext;
import dev.transom.graph.Operation;
import dev.transom.graph.ReferenceArguments;
import dev.transom.graph.Rules;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.Arrays;
import java.util.List;

/**
 * Cosines and sines {@code [tokens, 2, half]} of the angles position(t) · frequency(row of t, i), times scale;
 * {@code positions [tokens]}, {@code frequencies [rows, half]}, {@code offsets [rows + 1]}. Frequencies are an input, so that
 * variants which depend on a row's length need no other graph; scale is YaRN's attention factor, else 1.
 * R1 positions and offsets are I32, frequencies F32. R2 frequencies has one line for each row of offsets.
 * Su et al. 2021, "RoFormer", equation 34; Peng et al. 2023, "YaRN".
 */
final class RopeTable implements Operation {

    @Override
    public String name() {
        return "rope_table";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(3, inputs);
        Type.TensorType positions = Rules.ints(inputs, 0, "positions"); // R1
        Type.TensorType frequencies = Rules.real(inputs, 1, "frequencies");
        Type.TensorType offsets = Rules.ints(inputs, 2, "offsets");
        attributes.real("scale");
        Rules.rank(positions, 1, "positions");
        Rules.rank(frequencies, 2, "frequencies");
        Rules.require(frequencies.shape().dim(0).equals(Segments.rows(offsets, "offsets")),
            "frequencies must be [rows, half] for offsets [rows + 1]",
            Rules.parties("frequencies", frequencies, "offsets", offsets)); // R2
        return List.of(Type.f32(positions.shape().dim(0), Dim.of(2), frequencies.shape().dim(1)));
    }

    /** Frequencies are not learned. */
    @Override
    public List<Value> gradient(GradientContext context) {
        return Arrays.asList(null, null, null);
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return Cost.elementwise(2, inputs, outputs);
    }

    @Override
    public void reference(ReferenceArguments run) {
        int[] positions = run.ints(0);
        double[] frequencies = run.reals(1);
        int[] offsets = Segments.checked(name(), run.ints(2), positions.length);
        double[] table = run.outReals(0);
        double scale = run.attributes().real("scale");
        int half = run.shape(1)[1];
        for (int r = 0; r + 1 < offsets.length; r++) {
            for (int t = offsets[r]; t < offsets[r + 1]; t++) {
                for (int i = 0; i < half; i++) {
                    double angle = positions[t] * frequencies[r * half + i];
                    table[(2 * t) * half + i] = Math.cos(angle) * scale;
                    table[(2 * t + 1) * half + i] = Math.sin(angle) * scale;
                }
            }
        }
    }
}
