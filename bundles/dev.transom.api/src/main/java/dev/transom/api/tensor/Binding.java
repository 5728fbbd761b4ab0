package dev.transom.api.tensor;

import java.util.List;

/**
 * How stored tensors become a parameter: an expression evaluated when the parameter is bound. {@link Stored} alone maps without
 * copying; everything else is computed once. Every form is linear (plus a constant), so gradients map back to stored tensors.
 */
public sealed interface Binding {

    static Binding stored(String name) {
        return new Stored(name);
    }

    /** The stored tensor called {@code name}, as it lies. */
    record Stored(String name) implements Binding {
    }

    /** Elements {@code start} (inclusive) to {@code end} (exclusive) of one axis. */
    record Slice(Binding of, int axis, long start, long end) implements Binding {
    }

    /** Parts joined along an existing axis. */
    record Concat(int axis, List<Binding> parts) implements Binding {
        public Concat {
            parts = List.copyOf(parts);
        }
    }

    /** Parts of equal shape joined along a new first axis. */
    record Stack(List<Binding> parts) implements Binding {
        public Stack {
            parts = List.copyOf(parts);
        }
    }

    /** The axes in another order: axis i of the result is axis {@code order[i]}. */
    record Permute(Binding of, List<Integer> order) implements Binding {
        public Permute {
            order = List.copyOf(order);
        }
    }

    /** The same elements in another shape. */
    record Reshape(Binding of, List<Long> shape) implements Binding {
        public Reshape {
            shape = List.copyOf(shape);
        }
    }

    /** {@code scale · x + shift}. */
    record Affine(Binding of, double scale, double shift) implements Binding {
    }
}
