package dev.transom.graph.internal.ops;

import dev.transom.graph.Attributes;
import dev.transom.graph.Dim;
import dev.transom.graph.Rules;
import dev.transom.graph.Type;

/** What operations along one axis share. */
final class Axes {

    private Axes() {
    }

    /** Attribute axis, which must be one of x's. */
    static int of(Attributes attributes, Type.TensorType x) {
        long axis = attributes.integer("axis");
        Rules.require(0 <= axis && axis < x.shape().rank(), "axis must be one of x's, counted from 0", "x " + x + ", axis " + axis);
        return (int) axis;
    }

    /** Attribute axis, which must be one of x's and of fixed size. */
    static int fixed(Attributes attributes, Type.TensorType x) {
        int axis = of(attributes, x);
        Rules.require(x.shape().dim(axis) instanceof Dim.Fixed, "axis " + axis + " must be fixed", "x " + x);
        return axis;
    }

    /** Elements of one step along {@code axis}: the product of the sizes after it. */
    static int inner(int[] shape, int axis) {
        int product = 1;
        for (int i = axis + 1; i < shape.length; i++) {
            product *= shape[i];
        }
        return product;
    }
}
