package dev.transom.app.quantize.internal;

import dev.transom.api.TransomException;
import dev.transom.api.tensor.Binding;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.blocks.Blocks;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * An architecture's bindings for GGUF run backwards: from parameters to the tensors that a file must hold so that these bindings give the
 * parameters again. Rows of queries and keys so come into the file's order, fused matrices together, Gemma's norms to 1 + w, without
 * knowing any family here.
 *
 * @param where      the model, for error sentences
 * @param bindings   by parameter
 * @param parameters gives a parameter's value
 */
record Backwards(String where, Map<String, Binding> bindings, Function<String, StoredTensor> parameters) {

    /** The tensors of the parameters named, in their order. */
    List<Source.Tensor> tensors(List<String> names) {
        Map<String, List<Part>> parts = new LinkedHashMap<>();
        for (String parameter : names) {
            Binding binding = bindings.get(parameter);
            if (binding == null) {
                throw unwritable(parameter);
            }
            Part part = part(parameter, binding);
            parts.computeIfAbsent(part.tensor(), _ -> new ArrayList<>()).add(part);
        }
        return parts.entrySet().stream().map(entry -> tensor(entry.getKey(), entry.getValue())).toList();
    }

    private Source.Tensor tensor(String name, List<Part> parts) {
        Part first = parts.getFirst();
        if (!first.sliced()) {
            return new Source.Tensor(name, first.shape(), () -> first.plain() ? parameters.apply(first.parameter())
                : held(name, first.shape(), first.values(values(first.parameter()))));
        }
        List<Part> inOrder = parts.stream().sorted(Comparator.comparingLong(Part::start)).toList();
        List<Long> shape = new ArrayList<>(first.shape());
        shape.set(0, inOrder.stream().mapToLong(part -> part.shape().getFirst()).sum());
        return new Source.Tensor(name, List.copyOf(shape), () -> {
            float[] joined = new float[Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact))];
            int at = 0;
            for (Part part : inOrder) {
                float[] values = part.values(values(part.parameter()));
                System.arraycopy(values, 0, joined, at, values.length);
                at += values.length;
            }
            return held(name, shape, joined);
        });
    }

    private float[] values(String parameter) {
        return Blocks.decode(parameters.apply(parameter));
    }

    private static StoredTensor held(String name, List<Long> shape, float[] values) {
        MemorySegment data = Arena.ofAuto().allocate(Math.max(1, values.length) * 4L, 64);
        MemorySegment.copy(values, 0, data, ValueLayout.JAVA_FLOAT, 0, values.length);
        return new StoredTensor(name, Format.F32, shape, data);
    }

    /** Follows an expression down to its tensor. */
    private Part part(String parameter, Binding binding) {
        List<Binding> way = new ArrayList<>();
        long start = -1;
        Binding at = binding;
        while (!(at instanceof Binding.Stored)) {
            way.add(at);
            at = switch (at) {
                case Binding.Reshape reshape -> reshape.of();
                case Binding.Permute permute -> permute.of();
                case Binding.Affine affine -> affine.of();
                case Binding.Slice slice when slice.axis() == 0 && slice.of() instanceof Binding.Stored -> {
                    start = slice.start();
                    yield slice.of();
                }
                default -> throw unwritable(parameter);
            };
        }
        return new Part(parameter, ((Binding.Stored) at).name(), parameters.apply(parameter).shape(), way, start);
    }

    private TransomException unwritable(String parameter) {
        return new TransomException(where + ": parameter " + parameter + " must have a place in a GGUF file; this architecture gives it"
            + " none. Models of this architecture cannot be written as GGUF.");
    }

    /**
     * A tensor, or rows of one, made of a parameter.
     *
     * @param shape the parameter's, which is the tensor's too but for an exchange of its axes
     * @param way   the expression from outside in, the tensor left out
     * @param start first row among those of the tensor, or −1 for all of it
     */
    private record Part(String parameter, String tensor, List<Long> parameterShape, List<Binding> way, long start) {

        boolean plain() {
            return way.isEmpty();
        }

        boolean sliced() {
            return start >= 0;
        }

        List<Long> shape() {
            return way.size() == 1 && way.getFirst() instanceof Binding.Permute(Binding _, List<Integer> order)
                ? inverse(order).stream().map(parameterShape::get).toList() : parameterShape;
        }

        /** Undoes the expression, outermost step first. */
        float[] values(float[] values) {
            List<Long> shape = parameterShape;
            for (int i = 0; i < way.size(); i++) {
                switch (way.get(i)) {
                    case Binding.Affine(Binding _, double scale, double shift) -> {
                        for (int j = 0; j < values.length; j++) {
                            values[j] = (float) ((values[j] - shift) / scale);
                        }
                    }
                    case Binding.Permute(Binding of, List<Integer> order) -> {
                        List<Integer> back = inverse(order);
                        List<Long> moved = of instanceof Binding.Reshape(Binding _, List<Long> inner)
                            ? order.stream().map(inner::get).toList() : shape;
                        values = permuted(values, moved, back);
                        shape = back.stream().map(moved::get).toList();
                    }
                    default -> {
                        // The same elements in the same order.
                    }
                }
            }
            return values;
        }

        private static List<Integer> inverse(List<Integer> order) {
            List<Integer> inverse = new ArrayList<>(order);
            for (int i = 0; i < order.size(); i++) {
                inverse.set(order.get(i), i);
            }
            return inverse;
        }

        private static float[] permuted(float[] values, List<Long> shape, List<Integer> order) {
            int rank = shape.size();
            int[] strides = new int[rank];
            for (int axis = rank - 1, stride = 1; axis >= 0; axis--) {
                strides[axis] = stride;
                stride *= Math.toIntExact(shape.get(axis));
            }
            float[] moved = new float[values.length];
            int[] index = new int[rank];
            int from = 0;
            for (int to = 0; to < moved.length; to++) {
                moved[to] = values[from];
                for (int axis = rank - 1; axis >= 0; axis--) {
                    int step = strides[order.get(axis)];
                    int size = Math.toIntExact(shape.get(order.get(axis)));
                    from += step;
                    if (++index[axis] < size) {
                        break;
                    }
                    index[axis] = 0;
                    from -= step * size;
                }
            }
            return moved;
        }
    }
}
