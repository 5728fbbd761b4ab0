package dev.transom.conformance.architecture;

import dev.transom.api.tensor.Binding;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.api.tensor.TensorSource;
import dev.transom.blocks.Blocks;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A binding written out: for each element of the parameter the stored tensor and element that it comes from, a factor and a
 * constant. So the parameter, and the transpose that takes its gradient back, are each one loop.
 *
 * @param shape   of the parameter
 * @param tensors what {@code tensor} counts
 * @param tensor  which stored tensor an element comes from
 * @param element which of its elements
 * @param scale   factor
 * @param shift   constant
 */
record BindingCells(long[] shape, List<StoredTensor> tensors, int[] tensor, int[] element, double[] scale, double[] shift) {

    static BindingCells of(Binding binding, TensorSource source) {
        return switch (binding) {
            case Binding.Stored(String name) -> stored(source.find(name).orElseThrow());
            case Binding.Slice(Binding of, int axis, long start, long end) -> of(of, source).slice(axis, start, end);
            case Binding.Concat(int axis, List<Binding> parts) ->
                concat(axis, parts.stream().map(part -> of(part, source)).toList());
            case Binding.Stack(List<Binding> parts) -> stack(parts.stream().map(part -> of(part, source)).toList());
            case Binding.Permute(Binding of, List<Integer> order) -> of(of, source).permute(order);
            case Binding.Reshape(Binding of, List<Long> shape) ->
                of(of, source).shaped(shape.stream().mapToLong(Long::longValue).toArray());
            case Binding.Affine(Binding of, double scale, double shift) -> of(of, source).affine(scale, shift);
        };
    }

    /** The first stored tensor that the expression names and the source lacks, or null. */
    static String missing(Binding binding, TensorSource source) {
        return switch (binding) {
            case Binding.Stored(String name) -> source.find(name).isPresent() ? null : name;
            case Binding.Slice slice -> missing(slice.of(), source);
            case Binding.Permute permute -> missing(permute.of(), source);
            case Binding.Reshape reshape -> missing(reshape.of(), source);
            case Binding.Affine affine -> missing(affine.of(), source);
            case Binding.Concat concat -> missing(concat.parts(), source);
            case Binding.Stack stack -> missing(stack.parts(), source);
        };
    }

    /** The parameter's elements. */
    double[] values() {
        double[] values = new double[tensor.length];
        List<StoredTensor> plain = tensors.stream().map(BindingCells::plain).toList();
        Arrays.setAll(values, i -> scale[i] * plain.get(tensor[i]).real(element[i]) + shift[i]);
        return values;
    }

    /** A tensor whose elements can be read one by one. */
    private static StoredTensor plain(StoredTensor tensor) {
        return tensor.format().blocked() ? new StoredTensor(tensor.name(), Format.F32, tensor.shape(),
            MemorySegment.ofArray(Blocks.decode(tensor))) : tensor;
    }

    /** Adds the gradient of the parameter to those of its stored tensors, by name. */
    void addGradient(double[] gradient, Map<String, double[]> stored) {
        List<double[]> sums = tensors.stream()
            .map(each -> stored.computeIfAbsent(each.name(), _ -> new double[Math.toIntExact(each.elements())])).toList();
        for (int i = 0; i < gradient.length; i++) {
            sums.get(tensor[i])[element[i]] += scale[i] * gradient[i];
        }
    }

    private static String missing(List<Binding> parts, TensorSource source) {
        return parts.stream().map(part -> missing(part, source)).filter(name -> name != null).findFirst().orElse(null);
    }

    private static BindingCells stored(StoredTensor tensor) {
        int elements = Math.toIntExact(tensor.elements());
        int[] element = new int[elements];
        Arrays.setAll(element, i -> i);
        double[] ones = new double[elements];
        Arrays.fill(ones, 1);
        return new BindingCells(tensor.shape().stream().mapToLong(Long::longValue).toArray(), List.of(tensor), new int[elements],
            element, ones, new double[elements]);
    }

    private BindingCells slice(int axis, long start, long end) {
        long[] cut = shape.clone();
        cut[axis] = end - start;
        int inner = product(shape, axis + 1, shape.length);
        int width = Math.toIntExact(cut[axis]) * inner;
        int whole = Math.toIntExact(shape[axis]) * inner;
        int[] from = new int[product(cut, 0, cut.length)];
        Arrays.setAll(from, i -> i / width * whole + Math.toIntExact(start) * inner + i % width);
        return picked(cut, from);
    }

    private BindingCells permute(List<Integer> order) {
        long[] moved = order.stream().mapToLong(axis -> shape[axis]).toArray();
        int[] from = new int[tensor.length];
        Arrays.setAll(from, i -> {
            int rest = i;
            int at = 0;
            for (int axis = moved.length - 1; axis >= 0; axis--) {
                int source = order.get(axis);
                at += rest % (int) moved[axis] * product(shape, source + 1, shape.length);
                rest /= (int) moved[axis];
            }
            return at;
        });
        return picked(moved, from);
    }

    private static BindingCells concat(int axis, List<BindingCells> parts) {
        long[] shape = parts.getFirst().shape.clone();
        shape[axis] = parts.stream().mapToLong(part -> part.shape[axis]).sum();
        int outer = product(shape, 0, axis);
        int[] from = new int[product(shape, 0, shape.length)];
        int at = 0;
        for (int i = 0; i < outer; i++) {
            int before = 0;
            for (BindingCells part : parts) {
                int width = part.tensor.length / outer;
                for (int j = 0; j < width; j++) {
                    from[at++] = before + i * width + j;
                }
                before += part.tensor.length;
            }
        }
        return joined(parts).picked(shape, from);
    }

    private static BindingCells stack(List<BindingCells> parts) {
        long[] part = parts.getFirst().shape;
        long[] shape = new long[part.length + 1];
        shape[0] = parts.size();
        System.arraycopy(part, 0, shape, 1, part.length);
        return joined(parts).shaped(shape);
    }

    private BindingCells affine(double factor, double constant) {
        double[] scaled = new double[scale.length];
        double[] shifted = new double[scale.length];
        Arrays.setAll(scaled, i -> factor * scale[i]);
        Arrays.setAll(shifted, i -> factor * shift[i] + constant);
        return new BindingCells(shape, tensors, tensor, element, scaled, shifted);
    }

    private BindingCells shaped(long[] other) {
        return new BindingCells(other, tensors, tensor, element, scale, shift);
    }

    private BindingCells picked(long[] to, int[] from) {
        int[] tensorOf = new int[from.length];
        int[] elementOf = new int[from.length];
        double[] scaleOf = new double[from.length];
        double[] shiftOf = new double[from.length];
        for (int i = 0; i < from.length; i++) {
            tensorOf[i] = tensor[from[i]];
            elementOf[i] = element[from[i]];
            scaleOf[i] = scale[from[i]];
            shiftOf[i] = shift[from[i]];
        }
        return new BindingCells(to, tensors, tensorOf, elementOf, scaleOf, shiftOf);
    }

    /** All cells of the parts, one part after the other, without a shape of their own. */
    private static BindingCells joined(List<BindingCells> parts) {
        List<StoredTensor> tensors = new ArrayList<>();
        int cells = parts.stream().mapToInt(part -> part.tensor.length).sum();
        BindingCells all = new BindingCells(new long[] {cells}, tensors, new int[cells], new int[cells], new double[cells],
            new double[cells]);
        int at = 0;
        for (BindingCells part : parts) {
            for (int i = 0; i < part.tensor.length; i++) {
                all.tensor[at + i] = tensors.size() + part.tensor[i];
            }
            System.arraycopy(part.element, 0, all.element, at, part.element.length);
            System.arraycopy(part.scale, 0, all.scale, at, part.scale.length);
            System.arraycopy(part.shift, 0, all.shift, at, part.shift.length);
            tensors.addAll(part.tensors);
            at += part.tensor.length;
        }
        return all;
    }

    private static int product(long[] shape, int from, int to) {
        int product = 1;
        for (int axis = from; axis < to; axis++) {
            product = Math.multiplyExact(product, Math.toIntExact(shape[axis]));
        }
        return product;
    }
}
