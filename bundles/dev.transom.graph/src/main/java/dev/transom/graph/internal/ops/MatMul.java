package dev.transom.graph.internal.ops;

import dev.transom.graph.Attributes;
import dev.transom.graph.Cost;
import dev.transom.graph.GradientContext;
import dev.transom.graph.GraphBuilder;
import dev.transom.graph.Operation;
import dev.transom.graph.ReferenceArguments;
import dev.transom.graph.Rules;
import dev.transom.graph.Shape;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.List;

/**
 * Products over an axis, in three forms, {@code …} any leading dimensions:
 * plain {@code x […, k] · w [k, n] = […, n]}; transpose_b {@code x […, k] · w [n, k] = […, n]}; transpose_a
 * {@code x […, m], w […, n] = [m, n]}, summed over all leading dimensions (the gradient of a weight).
 * R1 x and w are F32. R2 not both transposes. R3 plain and transpose_b: w has two dimensions, x at least one.
 * R4 the axes summed over are equal. R5 transpose_a: both have equal leading dimensions and at least one of their own.
 * Sums run upwards from zero, in float64. ONNX MatMul and Gemm.
 */
final class MatMul implements Operation {

    @Override
    public String name() {
        return "matmul";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(2, inputs);
        Type.TensorType x = Rules.real(inputs, 0, "x"); // R1
        Type.TensorType w = Rules.real(inputs, 1, "w"); // R1
        boolean transposeA = attributes.flag("transpose_a");
        boolean transposeB = attributes.flag("transpose_b");
        Rules.require(!(transposeA && transposeB), "only one of transpose_a and transpose_b may be set", "both"); // R2
        return List.of(transposeA ? summed(x, w) : applied(x, w, transposeB));
    }

    private static Type applied(Type.TensorType x, Type.TensorType w, boolean transposed) {
        Rules.rank(w, 2, "w"); // R3
        Rules.require(x.shape().rank() >= 1, "x must have at least 1 dimension", x); // R3
        Rules.require(x.shape().last().equals(w.shape().dim(transposed ? 1 : 0)), // R4
            "last axis of x must equal " + (transposed ? "last" : "first") + " axis of w", Rules.parties("x", x, "w", w));
        return Type.f32(x.shape().with(-1, w.shape().dim(transposed ? 0 : 1)));
    }

    private static Type summed(Type.TensorType x, Type.TensorType w) {
        int leading = x.shape().rank() - 1;
        Rules.require(leading >= 0 && w.shape().rank() == leading + 1
            && x.shape().sub(0, leading).equals(w.shape().sub(0, leading)), // R5
            "x and w must have the same axes before the last", Rules.parties("x", x, "w", w));
        return Type.f32(x.shape().last(), w.shape().last());
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        GraphBuilder g = context.builder();
        Value x = context.input(0);
        Value w = context.input(1);
        Value dy = context.dy();
        if (context.attributes().flag("transpose_a")) {
            return List.of(g.matmul(w, dy, false, true), g.matmul(x, dy, false, false));
        }
        if (context.attributes().flag("transpose_b")) {
            return List.of(g.matmul(dy, w, false, false), g.matmul(dy, x, true, false));
        }
        return List.of(g.matmul(dy, w, false, true), g.matmul(x, dy, true, false));
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        Shape x = ((Type.TensorType) inputs.get(0)).shape();
        Shape y = ((Type.TensorType) outputs.getFirst()).shape();
        double multiplyAdds = attributes.flag("transpose_a")
            ? (double) x.maxElements() * y.last().max()
            : (double) y.maxElements() * x.last().max();
        return Cost.ofProducts(multiplyAdds, 0, Cost.traffic(inputs) + Cost.traffic(outputs));
    }

    @Override
    public void reference(ReferenceArguments run) {
        int last = run.shape(0).length - 1;
        int k = run.shape(0)[last];
        int n = run.outShape(0)[run.outShape(0).length - 1];
        if (run.attributes().flag("transpose_a")) {
            outerProducts(run.reals(0), run.reals(1), run.outReals(0), k, n);
        } else if (run.attributes().flag("transpose_b")) {
            dots(run.reals(0), run.reals(1), run.outReals(0), k, n);
        } else {
            combinations(run.reals(0), run.reals(1), run.outReals(0), k, n);
        }
    }

    private static void dots(double[] x, double[] w, double[] y, int k, int n) {
        for (int i = 0; i < y.length; i++) {
            int row = i / n * k;
            int column = i % n * k;
            double sum = 0;
            for (int p = 0; p < k; p++) {
                sum += x[row + p] * w[column + p];
            }
            y[i] = sum;
        }
    }

    private static void combinations(double[] x, double[] w, double[] y, int k, int n) {
        for (int row = 0; row * n < y.length; row++) {
            for (int p = 0; p < k; p++) {
                double factor = x[row * k + p];
                for (int j = 0; j < n; j++) {
                    y[row * n + j] += factor * w[p * n + j];
                }
            }
        }
    }

    private static void outerProducts(double[] x, double[] w, double[] y, int m, int n) {
        if (m == 0) {
            return;
        }
        for (int row = 0; row < x.length / m; row++) {
            for (int i = 0; i < m; i++) {
                double factor = x[row * m + i];
                for (int j = 0; j < n; j++) {
                    y[i * n + j] += factor * w[row * n + j];
                }
            }
        }
    }
}
