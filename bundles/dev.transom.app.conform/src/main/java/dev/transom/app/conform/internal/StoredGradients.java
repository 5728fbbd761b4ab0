package dev.transom.app.conform.internal;

import dev.transom.api.tensor.Binding;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Gradients of parameters pulled back through their bindings to the stored tensors: bindings are linear, so each form has a
 * transpose. What several parameters take from one tensor adds up.
 */
final class StoredGradients {

    private final Function<String, long[]> shapes;
    private final Map<String, double[]> gradients = new HashMap<>();

    /** @param shapes the shape of each stored tensor */
    StoredGradients(Function<String, long[]> shapes) {
        this.shapes = shapes;
    }

    /** By name of the stored tensor; absent where nothing was added. */
    Map<String, double[]> gradients() {
        return gradients;
    }

    /** Adds the gradient of a parameter made by {@code binding}. */
    void add(Binding binding, double[] gradient) {
        switch (binding) {
            case Binding.Stored(String name) -> {
                double[] sum = gradients.computeIfAbsent(name, _ -> new double[gradient.length]);
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += gradient[i];
                }
            }
            case Binding.Slice slice -> add(slice.of(), widened(slice, gradient));
            case Binding.Concat concat -> split(concat, gradient);
            case Binding.Stack stack -> {
                int part = gradient.length / stack.parts().size();
                for (int i = 0; i < stack.parts().size(); i++) {
                    add(stack.parts().get(i), java.util.Arrays.copyOfRange(gradient, i * part, (i + 1) * part));
                }
            }
            case Binding.Permute permute -> add(permute.of(), unpermuted(permute, gradient));
            case Binding.Reshape reshape -> add(reshape.of(), gradient);
            case Binding.Affine affine -> {
                double[] scaled = gradient.clone();
                for (int i = 0; i < scaled.length; i++) {
                    scaled[i] *= affine.scale();
                }
                add(affine.of(), scaled);
            }
        }
    }

    private double[] widened(Binding.Slice slice, double[] gradient) {
        long[] shape = shape(slice.of());
        int inner = product(shape, slice.axis() + 1, shape.length);
        int from = Math.toIntExact(slice.start()) * inner;
        int width = Math.toIntExact(slice.end() - slice.start()) * inner;
        int whole = Math.toIntExact(shape[slice.axis()]) * inner;
        double[] wide = new double[product(shape, 0, shape.length)];
        for (int outer = 0; outer < product(shape, 0, slice.axis()); outer++) {
            System.arraycopy(gradient, outer * width, wide, outer * whole + from, width);
        }
        return wide;
    }

    private void split(Binding.Concat concat, double[] gradient) {
        long[] whole = shape(concat);
        int inner = product(whole, concat.axis() + 1, whole.length);
        int outers = product(whole, 0, concat.axis());
        int stride = Math.toIntExact(whole[concat.axis()]) * inner;
        int from = 0;
        for (Binding part : concat.parts()) {
            int width = Math.toIntExact(shape(part)[concat.axis()]) * inner;
            double[] piece = new double[outers * width];
            for (int outer = 0; outer < outers; outer++) {
                System.arraycopy(gradient, outer * stride + from, piece, outer * width, width);
            }
            add(part, piece);
            from += width;
        }
    }

    private double[] unpermuted(Binding.Permute permute, double[] gradient) {
        long[] source = shape(permute.of());
        int rank = source.length;
        int[] strides = new int[rank];
        for (int axis = rank - 1, stride = 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= Math.toIntExact(source[axis]);
        }
        double[] back = new double[gradient.length];
        int[] index = new int[rank];
        for (double value : gradient) {
            int at = 0;
            for (int axis = 0; axis < rank; axis++) {
                at += index[axis] * strides[permute.order().get(axis)];
            }
            back[at] = value;
            for (int axis = rank - 1; axis >= 0 && ++index[axis] == source[permute.order().get(axis)]; axis--) {
                index[axis] = 0;
            }
        }
        return back;
    }

    private long[] shape(Binding binding) {
        return switch (binding) {
            case Binding.Stored(String name) -> shapes.apply(name);
            case Binding.Slice slice -> {
                long[] shape = shape(slice.of()).clone();
                shape[slice.axis()] = slice.end() - slice.start();
                yield shape;
            }
            case Binding.Concat concat -> {
                long[] shape = shape(concat.parts().getFirst()).clone();
                shape[concat.axis()] = concat.parts().stream().mapToLong(part -> shape(part)[concat.axis()]).sum();
                yield shape;
            }
            case Binding.Stack stack -> {
                long[] part = shape(stack.parts().getFirst());
                long[] shape = new long[part.length + 1];
                shape[0] = stack.parts().size();
                System.arraycopy(part, 0, shape, 1, part.length);
                yield shape;
            }
            case Binding.Permute permute -> {
                long[] of = shape(permute.of());
                yield permute.order().stream().mapToLong(axis -> of[axis]).toArray();
            }
            case Binding.Reshape reshape -> reshape.shape().stream().mapToLong(Long::longValue).toArray();
            case Binding.Affine affine -> shape(affine.of());
        };
    }

    private static int product(long[] shape, int from, int to) {
        int product = 1;
        for (int axis = from; axis < to; axis++) {
            product = Math.multiplyExact(product, Math.toIntExact(shape[axis]));
        }
        return product;
    }
}
