package dev.transom.graph.internal.ops;

import dev.transom.graph.Dim;
import dev.transom.graph.GradientContext;
import dev.transom.graph.Rules;
import dev.transom.graph.Type;
import dev.transom.graph.Value;

/** NumPy's broadcasting, one way: a small tensor is read as if it had the shape of a large one, aligned at the last axis. */
final class Broadcast {

    private Broadcast() {
    }

    /** Fails unless each axis of {@code small} is 1 or equals that of {@code large}, counted from the last. */
    static void check(Type.TensorType small, String smallName, Type.TensorType large, String largeName) {
        boolean fits = small.shape().rank() <= large.shape().rank();
        for (int axis = 1; fits && axis <= small.shape().rank(); axis++) {
            Dim dim = small.shape().dim(-axis);
            fits = dim.equals(Dim.of(1)) || dim.equals(large.shape().dim(-axis));
        }
        Rules.require(fits, "each axis of " + smallName + ", counted from the last, must be 1 or that of " + largeName,
            Rules.parties(largeName, large, smallName, small));
    }

    /** For each element of the large tensor, which element of the small one it reads. */
    static int[] indices(int[] small, int[] large) {
        int elements = 1;
        for (int size : large) {
            elements *= size;
        }
        int[] strides = new int[large.length];
        int stride = 1;
        for (int axis = small.length - 1; axis >= 0; axis--) {
            strides[axis + large.length - small.length] = small[axis] == 1 ? 0 : stride;
            stride *= small[axis];
        }
        int[] indices = new int[elements];
        for (int i = 0; i < elements; i++) {
            int rest = i;
            for (int axis = large.length - 1; axis >= 0; axis--) {
                indices[i] += rest % large[axis] * strides[axis];
                rest /= large[axis];
            }
        }
        return indices;
    }

    /** The gradient of a small tensor from that of its broadcast. */
    static Value reduce(GradientContext context, Value gradient, Value small) {
        return gradient.shape().equals(small.shape()) ? gradient : context.builder().sumTo(gradient, small);
    }
}
