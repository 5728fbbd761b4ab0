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
import java.util.Arrays;
import java.util.List;

/**
 * Each token by the matrices of the experts that were chosen for it, and no others: y[t, s] = x[t]·w[ids[t, s]]ᵀ or, where x has a
 * row for each choice, x[t, s]·w[ids[t, s]]ᵀ. {@code x [tokens, in]} or {@code [tokens, choices, in]},
 * {@code w [experts, out, in]}, {@code ids [tokens, choices]}; y {@code [tokens, choices, out]}. With {@code transpose_w} false a
 * matrix is {@code [in, out]}, which the gradient of x needs. dx by the other orientation, summed over choices where they share x;
 * dw by expert_matmul_backward.
 * R1 x and w are F32, ids I32. R2 w has 3 dimensions, ids 2. R3 x is [tokens, in] or [tokens, choices, in] with the tokens and
 * choices of ids. R4 the last axis of x is that of w which is summed over. At run time every id is below experts.
 * ggml's mul_mat_id; Gale et al. 2022, "MegaBlocks".
 */
final class ExpertMatMul implements Operation {

    @Override
    public String name() {
        return "expert_matmul";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(3, inputs);
        Type.TensorType x = Rules.real(inputs, 0, "x"); // R1
        Type.TensorType w = Rules.real(inputs, 1, "w");
        Type.TensorType ids = Rules.ints(inputs, 2, "ids");
        boolean transposed = attributes.flag("transpose_w");
        chosen(x, w, ids);
        Rules.require(x.shape().last().equals(w.shape().dim(transposed ? 2 : 1)), // R4
            "last axis of x must equal the " + (transposed ? "last" : "middle") + " axis of w", Rules.parties("x", x, "w", w));
        return List.of(Type.f32(ids.shape().then(w.shape().sub(transposed ? 1 : 2, transposed ? 2 : 3))));
    }

    /** R2 and R3, which expert_matmul_backward shares. */
    static void chosen(Type.TensorType x, Type.TensorType w, Type.TensorType ids) {
        Rules.rank(w, 3, "w"); // R2
        Rules.rank(ids, 2, "ids");
        int rank = x.shape().rank();
        Rules.require((rank == 2 || rank == 3) && x.shape().sub(0, rank - 1).equals(ids.shape().sub(0, rank - 1)), // R3
            "x must be [tokens, in] or [tokens, choices, in] with the tokens and choices of ids",
            Rules.parties("x", x, "ids", ids));
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        GraphBuilder g = context.builder();
        Value x = context.input(0);
        Value w = context.input(1);
        Value ids = context.input(2);
        boolean transposed = context.attributes().flag("transpose_w");
        Value dx = g.expertMatmul(context.dy(), w, ids, !transposed);
        Value dw = g.op("expert_matmul_backward", context.attributes(), x, w, ids, context.dy());
        if (x.shape().rank() == 2) {
            long in = x.shape().last().max();
            dx = g.reshape(g.sumTo(dx, g.reshape(x, 0, 1, in)), 0, in);
        }
        return Arrays.asList(dx, dw, null);
    }

    /** Experts are read once each, as many as are chosen at most. */
    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        Shape w = ((Type.TensorType) inputs.get(1)).shape();
        double choices = ((Type.TensorType) inputs.get(2)).shape().maxElements();
        double matrix = (double) w.dim(1).max() * w.dim(2).max();
        return Cost.ofProducts(choices * matrix, 0, Cost.traffic(inputs.subList(0, 1)) + Cost.traffic(inputs.subList(2, 3))
            + 4 * matrix * Math.min(choices, w.dim(0).max()) + Cost.traffic(outputs));
    }

    @Override
    public void reference(ReferenceArguments run) {
        boolean transposed = run.attributes().flag("transpose_w");
        int choices = run.shape(2)[1];
        int in = LastAxis.size(run, 0);
        int out = run.outShape(0)[2];
        int perRow = run.shape(0).length == 2 ? choices : 1;
        int[] ids = run.ints(2);
        double[] x = run.reals(0);
        double[] w = run.reals(1);
        double[] y = run.outReals(0);
        for (int i = 0; i < ids.length; i++) {
            int matrix = expert(name(), ids[i], run.shape(1)[0]) * in * out;
            int row = i / perRow * in;
            for (int j = 0; j < out; j++) {
                double sum = 0;
                for (int p = 0; p < in; p++) {
                    sum += x[row + p] * w[matrix + (transposed ? j * in + p : p * out + j)];
                }
                y[i * out + j] = sum;
            }
        }
    }

    static int expert(String operation, int id, int experts) {
        Rules.require(id >= 0 && id < experts, operation + ": an id must be one of the " + experts + " experts", id);
        return id;
    }

    /**
     * dw of expert_matmul: for each expert the sum of dy·xᵀ over the tokens that chose it; x, w and ids as there,
     * {@code dy [tokens, choices, out]}. Only w's shape is read.
     * R1 x, w and dy are F32, ids I32. R2, R3 as expert_matmul. R4 dy has the shape of expert_matmul's y.
     */
    static final class Backward implements Operation {

        @Override
        public String name() {
            return "expert_matmul_backward";
        }

        @Override
        public List<Type> types(Attributes attributes, List<Type> inputs) {
            Rules.inputs(4, inputs);
            Type.TensorType dy = Rules.real(inputs, 3, "dy"); // R1
            Type.TensorType y = (Type.TensorType) new ExpertMatMul().types(attributes, inputs.subList(0, 3)).getFirst(); // R2, R3
            LastAxis.gradientOf("the output", y, dy); // R4
            return List.of(inputs.get(1));
        }

        @Override
        public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
            Shape w = ((Type.TensorType) inputs.get(1)).shape();
            double choices = ((Type.TensorType) inputs.get(2)).shape().maxElements();
            return Cost.ofProducts(choices * w.dim(1).max() * w.dim(2).max(), 0,
                Cost.traffic(inputs) - Cost.traffic(inputs.subList(1, 2)) + Cost.traffic(outputs));
        }

        @Override
        public void reference(ReferenceArguments run) {
            boolean transposed = run.attributes().flag("transpose_w");
            int in = LastAxis.size(run, 0);
            int out = LastAxis.size(run, 3);
            int perRow = run.shape(0).length == 2 ? run.shape(2)[1] : 1;
            int[] ids = run.ints(2);
            double[] dw = run.outReals(0);
            for (int i = 0; i < ids.length; i++) {
                int matrix = expert(name(), ids[i], run.shape(1)[0]) * in * out;
                for (int j = 0; j < out; j++) {
                    double dy = run.reals(3)[i * out + j];
                    for (int p = 0; p < in; p++) {
                        dw[matrix + (transposed ? j * in + p : p * out + j)] += dy * run.reals(0)[i / perRow * in + p];
                    }
                }
            }
        }
    }
}
