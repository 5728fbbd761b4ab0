package dev.transom.graph.internal.ops;

import dev.transom.graph.Attributes;
import dev.transom.graph.Cost;
import dev.transom.graph.Dim;
import dev.transom.graph.GradientContext;
import dev.transom.graph.Operation;
import dev.transom.graph.ReferenceArguments;
import dev.transom.graph.Rules;
import dev.transom.graph.Shape;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.Collections;
import java.util.List;

/**
 * The k largest elements along the last axis, largest first, and where they stand: {@code x […, n]} gives values {@code […, k]}
 * and ids {@code I32[…, k]}; of equal elements the earlier comes first. dx is dy at those places, else 0.
 * R1 x is F32 and has a last axis. R2 1 ≤ k ≤ n.
 * ONNX TopK.
 */
final class TopK implements Operation {

    @Override
    public String name() {
        return "top_k";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(1, inputs);
        Type.TensorType x = Rules.real(inputs, 0, "x"); // R1
        Dim n = LastAxis.of(x, "x");
        long k = attributes.integer("k");
        Rules.require(k >= 1 && k <= n.max(), "k must be at least 1 and at most the last axis of x", k + " of " + x); // R2
        Shape kept = x.shape().with(-1, Dim.of(k));
        return List.of(Type.f32(kept), Type.i32(kept));
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        return Collections.singletonList(context.dy(0) == null ? null : context.builder().op("top_k_backward", Attributes.NONE,
            context.input(0), context.output(1), context.dy(0)));
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        double elements = ((Type.TensorType) inputs.getFirst()).shape().maxElements();
        return new Cost(elements * attributes.integer("k"), Cost.traffic(inputs) + Cost.traffic(outputs));
    }

    @Override
    public void reference(ReferenceArguments run) {
        double[] x = run.reals(0);
        int n = LastAxis.size(run, 0);
        int k = Math.toIntExact(run.attributes().integer("k"));
        int[] ids = run.outInts(1);
        for (int at = 0; at < ids.length; at++) {
            int row = at / k * n;
            int best = -1;
            for (int i = 0; i < n; i++) {
                if (!among(ids, at / k * k, at, i) && (best < 0 || x[row + i] > x[row + best])) {
                    best = i;
                }
            }
            ids[at] = best;
            run.outReals(0)[at] = x[row + best];
        }
    }

    private static boolean among(int[] ids, int from, int to, int id) {
        for (int i = from; i < to; i++) {
            if (ids[i] == id) {
                return true;
            }
        }
        return false;
    }

    /**
     * dx of top_k: zeros but dy at the ids; {@code x […, n]}, {@code ids […, k]}, {@code dy […, k]}. Only x's shape is read.
     * R1 x and dy are F32, ids I32. R2 ids and dy have one shape, that of x but for the last axis.
     */
    static final class Backward implements Operation {

        @Override
        public String name() {
            return "top_k_backward";
        }

        @Override
        public List<Type> types(Attributes attributes, List<Type> inputs) {
            Rules.inputs(3, inputs);
            Type.TensorType x = Rules.real(inputs, 0, "x"); // R1
            Type.TensorType ids = Rules.ints(inputs, 1, "ids");
            Type.TensorType dy = Rules.real(inputs, 2, "dy");
            LastAxis.of(x, "x");
            Rules.require(ids.shape().equals(dy.shape()) && ids.shape().rank() == x.shape().rank()
                && ids.shape().equals(x.shape().with(-1, LastAxis.of(ids, "ids"))), // R2
                "ids and dy must have x's shape but for the last axis", Rules.parties("x", x, "dy", dy) + ", ids " + ids);
            return List.of(x);
        }

        @Override
        public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
            return new Cost(0, Cost.traffic(inputs.subList(1, 3)) + Cost.traffic(outputs));
        }

        @Override
        public void reference(ReferenceArguments run) {
            int n = LastAxis.size(run, 0);
            int k = LastAxis.size(run, 1);
            int[] ids = run.ints(1);
            for (int at = 0; at < ids.length; at++) {
                run.outReals(0)[at / k * n + ids[at]] += run.reals(2)[at];
            }
        }
    }
}
