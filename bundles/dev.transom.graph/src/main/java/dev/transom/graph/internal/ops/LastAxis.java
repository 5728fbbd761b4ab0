package dev.transom.graph.internal.ops;

import dev.transom.graph.Dim;
import dev.transom.graph.ReferenceArguments;
import dev.transom.graph.Rules;
import dev.transom.graph.Type;
import java.util.List;

/** The last axis, over which softmax and the norms run: its rule and its walk. */
final class LastAxis {

    private LastAxis() {
    }

    /** The last dimension of {@code tensor}, which must not be a scalar. */
    static Dim of(Type.TensorType tensor, String party) {
        Rules.require(tensor.shape().rank() > 0, party + " must have a last axis", tensor);
        return tensor.shape().last();
    }

    /** Elements of the last axis of input {@code index}. */
    static int size(ReferenceArguments run, int index) {
        int[] shape = run.shape(index);
        return shape[shape.length - 1];
    }

    /** Fails unless input {@code index} has the shape of {@code tensor}. */
    static void sameShape(Type.TensorType tensor, Type.TensorType other, String rule) {
        Rules.require(tensor.shape().equals(other.shape()), rule, List.of(tensor, other));
    }
}
