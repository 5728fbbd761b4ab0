package dev.transom.graph.internal.ops;

import dev.transom.graph.Attributes;
import dev.transom.graph.Cost;
import dev.transom.graph.Dim;
import dev.transom.graph.ElementType;
import dev.transom.graph.GradientContext;
import dev.transom.graph.GraphException;
import dev.transom.graph.Operation;
import dev.transom.graph.ReferenceArguments;
import dev.transom.graph.Rules;
import dev.transom.graph.Shape;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The same elements in the same order under another shape; an alias, nothing moves.
 * Attribute shape: 0 copies x's dimension at the same place, −1 (once) is inferred.
 * R1 a 0 stands where x has a dimension. R2 sizes are positive, 0 or one −1. R3 every bounded dimension of x is copied by a 0 at its
 * place. R4 the fixed dimensions have equal products on both sides. ONNX Reshape.
 */
final class Reshape implements Operation {

    @Override
    public String name() {
        return "reshape";
    }

    @Override
    public List<Type> types(Attributes attributes, List<Type> inputs) {
        Rules.inputs(1, inputs);
        if (!(inputs.getFirst() instanceof Type.TensorType x)) {
            throw new GraphException("x must be a tensor; got " + inputs.getFirst() + ".");
        }
        List<Long> shape = attributes.integers("shape");
        int inferred = shape.indexOf(-1L);
        long given = 1;
        for (int axis = 0; axis < shape.size(); axis++) {
            long size = shape.get(axis);
            Rules.require(size != 0 || axis < x.shape().rank(), "a 0 must stand where x has a dimension", got(x, shape)); // R1
            Rules.require(size >= 0 || axis == inferred, "sizes must be positive, 0 or one -1", got(x, shape)); // R2
            given *= size > 0 ? size : 1;
        }
        long rest = uncopied(x, shape);
        boolean fits = inferred < 0 ? rest == given : rest % given == 0;
        Rules.require(fits, "dimensions that are not copied must have equal products on both sides", got(x, shape)); // R4
        List<Dim> dims = new ArrayList<>();
        for (int axis = 0; axis < shape.size(); axis++) {
            long size = shape.get(axis);
            dims.add(size == 0 ? x.shape().dim(axis) : Dim.of(size > 0 ? size : rest / given));
        }
        return List.of(new Type.TensorType(x.element(), new Shape(dims)));
    }

    private static long uncopied(Type.TensorType x, List<Long> shape) {
        long product = 1;
        for (int axis = 0; axis < x.shape().rank(); axis++) {
            if (axis >= shape.size() || shape.get(axis) != 0) {
                Dim dim = x.shape().dim(axis);
                Rules.require(dim instanceof Dim.Fixed, "a bounded dimension must be copied by a 0 at its place", // R3
                    got(x, shape));
                product *= dim.max();
            }
        }
        return product;
    }

    private static String got(Type.TensorType x, List<Long> shape) {
        return "x " + x + ", shape " + shape;
    }

    @Override
    public List<Value> gradient(GradientContext context) {
        Shape x = context.input(0).shape();
        long[] back = new long[x.rank()];
        for (int axis = 0; axis < back.length; axis++) {
            // R3 put a bounded dimension at the same place on both sides.
            back[axis] = x.dim(axis) instanceof Dim.Bounded ? 0 : x.dim(axis).max();
        }
        return List.of(context.builder().reshape(context.dy(), back));
    }

    @Override
    public Cost cost(Attributes attributes, List<Type> inputs, List<Type> outputs) {
        return Cost.FREE;
    }

    @Override
    public void reference(ReferenceArguments run) {
        if (run.types().getFirst() instanceof Type.TensorType(ElementType element, Shape _) && element == ElementType.I32) {
            System.arraycopy(run.ints(0), 0, run.outInts(0), 0, run.ints(0).length);
        } else {
            System.arraycopy(run.reals(0), 0, run.outReals(0), 0, run.reals(0).length);
        }
    }
}
