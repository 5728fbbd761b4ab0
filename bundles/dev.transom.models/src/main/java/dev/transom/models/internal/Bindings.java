package dev.transom.models.internal;

import dev.transom.api.TransomException;
import dev.transom.api.tensor.Binding;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.api.tensor.TensorSource;
import dev.transom.blocks.Blocks;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Evaluates binding expressions: a stored tensor alone stays mapped, what only moves rows keeps its format, everything else becomes F32
 * of its own.
 */
final class Bindings {

    /** The plain formats of weights; formats of blocks can all be read. */
    private static final List<Format> REALS = List.of(Format.F32, Format.BF16, Format.F16, Format.F64);

    private final String where;
    private final TensorSource source;
    private final StoredMoves moves;

    Bindings(String where, TensorSource source) {
        this.where = where;
        this.source = source;
        this.moves = new StoredMoves(this::stored);
    }

    /** Whether all tensors of an expression are stored. */
    boolean complete(Binding binding) {
        return firstMissing(binding).isEmpty();
    }

    Optional<String> firstMissing(Binding binding) {
        return switch (binding) {
            case Binding.Stored(String name) -> source.find(name).isPresent() ? Optional.empty() : Optional.of(name);
            case Binding.Slice slice -> firstMissing(slice.of());
            case Binding.Permute permute -> firstMissing(permute.of());
            case Binding.Reshape reshape -> firstMissing(reshape.of());
            case Binding.Affine affine -> firstMissing(affine.of());
            case Binding.Concat concat -> firstMissing(concat.parts());
            case Binding.Stack stack -> firstMissing(stack.parts());
        };
    }

    /** The shape of an expression's value. */
    List<Long> shape(Binding binding) {
        return switch (binding) {
            case Binding.Stored(String name) -> stored(name).shape();
            case Binding.Slice(Binding of, int axis, long start, long end) -> with(shape(of), axis, end - start);
            case Binding.Permute(Binding of, List<Integer> order) -> order.stream().map(shape(of)::get).toList();
            case Binding.Reshape(Binding _, List<Long> shape) -> shape;
            case Binding.Affine(Binding of, double _, double _) -> shape(of);
            case Binding.Concat(int axis, List<Binding> parts) -> with(shape(parts.getFirst()), axis,
                parts.stream().mapToLong(part -> shape(part).get(axis)).sum());
            case Binding.Stack(List<Binding> parts) -> {
                List<Long> stacked = new ArrayList<>(List.of((long) parts.size()));
                stacked.addAll(shape(parts.getFirst()));
                yield List.copyOf(stacked);
            }
        };
    }

    /** The format of an expression's value. */
    Format format(Binding binding) {
        return binding instanceof Binding.Stored(String name) ? stored(name).format()
            : moves.layout(binding).map(StoredMoves.Layout::format).orElse(Format.F32);
    }

    /** Evaluates an expression; what is not mapped is allocated in the arena. */
    StoredTensor evaluate(String parameter, Binding binding, Arena arena) {
        if (binding instanceof Binding.Stored(String name)) {
            return stored(name);
        }
        if (moves.layout(binding).isPresent()) {
            return moves.move(parameter, binding, arena);
        }
        float[] values = values(binding);
        MemorySegment memory = arena.allocate(Math.max(1, values.length) * 4L, 64);
        MemorySegment.copy(values, 0, memory, ValueLayout.JAVA_FLOAT, 0, values.length);
        return new StoredTensor(parameter, Format.F32, shape(binding), memory.asSlice(0, values.length * 4L));
    }

    private float[] values(Binding binding) {
        return switch (binding) {
            case Binding.Stored(String name) -> Blocks.decode(stored(name));
            case Binding.Slice slice -> slice(slice);
            case Binding.Permute permute -> permute(permute);
            case Binding.Reshape(Binding of, List<Long> _) -> values(of);
            case Binding.Affine(Binding of, double scale, double shift) -> affine(values(of), scale, shift);
            case Binding.Concat concat -> concat(concat);
            case Binding.Stack(List<Binding> parts) -> joined(parts.stream().map(this::values).toList());
        };
    }

    private float[] slice(Binding.Slice slice) {
        List<Long> shape = shape(slice.of());
        int inner = product(shape, slice.axis() + 1, shape.size());
        int outer = product(shape, 0, slice.axis());
        int from = Math.toIntExact(slice.start()) * inner;
        int length = Math.toIntExact(slice.end() - slice.start()) * inner;
        int stride = Math.toIntExact(shape.get(slice.axis())) * inner;
        float[] all = values(slice.of());
        float[] cut = new float[outer * length];
        for (int i = 0; i < outer; i++) {
            System.arraycopy(all, i * stride + from, cut, i * length, length);
        }
        return cut;
    }

    private float[] concat(Binding.Concat concat) {
        List<Long> shape = shape(concat);
        int outer = product(shape, 0, concat.axis());
        float[] joined = new float[product(shape, 0, shape.size())];
        int stride = outer == 0 ? 0 : joined.length / outer;
        int at = 0;
        for (Binding part : concat.parts()) {
            float[] values = values(part);
            int length = outer == 0 ? 0 : values.length / outer;
            for (int i = 0; i < outer; i++) {
                System.arraycopy(values, i * length, joined, i * stride + at, length);
            }
            at += length;
        }
        return joined;
    }

    private float[] permute(Binding.Permute permute) {
        List<Long> shape = shape(permute.of());
        float[] all = values(permute.of());
        float[] moved = new float[all.length];
        int rank = shape.size();
        int[] strides = new int[rank];
        for (int axis = rank - 1, stride = 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= Math.toIntExact(shape.get(axis));
        }
        int[] steps = permute.order().stream().mapToInt(axis -> strides[axis]).toArray();
        int[] sizes = permute.order().stream().mapToInt(axis -> Math.toIntExact(shape.get(axis))).toArray();
        int length = rank == 0 ? 1 : sizes[rank - 1];
        int step = rank == 0 ? 0 : steps[rank - 1];
        int[] index = new int[rank];
        for (int to = 0, from = 0; to < moved.length; to += length) {
            for (int i = 0; i < length; i++) {
                moved[to + i] = all[from + i * step];
            }
            boolean carry = true;
            for (int axis = rank - 2; axis >= 0 && carry; axis--) {
                carry = ++index[axis] == sizes[axis];
                from += carry ? steps[axis] * (1 - sizes[axis]) : steps[axis];
                index[axis] = carry ? 0 : index[axis];
            }
        }
        return moved;
    }

    private static float[] affine(float[] values, double scale, double shift) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (values[i] * scale + shift);
        }
        return values;
    }

    private static float[] joined(List<float[]> parts) {
        float[] joined = new float[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }

    private StoredTensor stored(String name) {
        StoredTensor tensor = source.find(name).orElseThrow(() -> new TransomException(where + ": tensor " + name
            + " is required; the files do not hold it. Download the model again."));
        Format format = tensor.format();
        if (!format.blocked() && !REALS.contains(format)) {
            throw new TransomException(where + ": tensor " + name + " must be stored as one of " + REALS + "; it is stored as " + format
                + ". Convert the weights.");
        }
        return tensor;
    }

    private Optional<String> firstMissing(List<Binding> parts) {
        return parts.stream().map(this::firstMissing).flatMap(Optional::stream).findFirst();
    }

    private static List<Long> with(List<Long> shape, int axis, long size) {
        List<Long> changed = new ArrayList<>(shape);
        changed.set(axis, size);
        return List.copyOf(changed);
    }

    private static int product(List<Long> shape, int from, int to) {
        return Math.toIntExact(shape.subList(from, to).stream().reduce(1L, Math::multiplyExact));
    }
}
