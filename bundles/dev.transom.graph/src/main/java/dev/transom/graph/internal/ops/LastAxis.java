package dev.transom.graph.internal.ops;

import dev.transom.graph.Dim;
import dev.transom.graph.ReferenceArguments;
import dev.transom.graph.Rules;
import dev.transom.graph.Type;

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

    /** Fails unless {@code dy} has the shape of {@code tensor}, whose gradient it is. */
    static void gradientOf(String party, Type.TensorType tensor, Type.TensorType dy) {
        Rules.require(tensor.shape().equals(dy.shape()), "dy must have the shape of " + party,
            Rules.parties(party, tensor, "dy", dy));
    }
}
