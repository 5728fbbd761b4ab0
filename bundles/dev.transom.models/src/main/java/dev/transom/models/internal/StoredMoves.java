package dev.transom.models.internal;

import dev.transom.api.tensor.Binding;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.StoredTensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Expressions that only move elements, in the format they are stored in: whole blocks are copied and keep their bits, so that a
 * parameter cut, joined or reordered from quantised tensors stays as small as they are. What lies together in the file is not even
 * copied. Not for expressions that tear blocks apart, exchange the last axis or compute.
 */
final class StoredMoves {

    private static final List<Format> PLAIN = List.of(Format.F32, Format.F16, Format.BF16);

    private final Function<String, StoredTensor> stored;

    /** @param stored gives stored tensors by name */
    StoredMoves(Function<String, StoredTensor> stored) {
        this.stored = stored;
    }

    /** Format and shape of the value, if elements only move. */
    Optional<Layout> layout(Binding binding) {
        return switch (binding) {
            case Binding.Stored(String name) -> Optional.of(stored.apply(name)).map(tensor -> new Layout(tensor.format(), tensor.shape()))
                .filter(layout -> layout.format().blocked() || PLAIN.contains(layout.format()));
            case Binding.Slice(Binding of, int axis, long start, long end) -> layout(of)
                .filter(layout -> axis < layout.last() || layout.whole(start) && layout.whole(end))
                .map(layout -> layout.with(axis, end - start));
            case Binding.Permute(Binding of, List<Integer> order) -> layout(of)
                .filter(layout -> !order.isEmpty() && order.getLast() == layout.last())
                .map(layout -> new Layout(layout.format(), order.stream().map(layout.shape()::get).toList()));
            case Binding.Reshape(Binding of, List<Long> shape) -> layout(of)
                .map(layout -> new Layout(layout.format(), shape))
                .filter(layout -> !layout.format().blocked() || !shape.isEmpty() && layout.whole(shape.getLast()));
            case Binding.Affine(Binding of, double scale, double shift) -> scale == 1 && shift == 0 ? layout(of) : Optional.empty();
            case Binding.Concat(int axis, List<Binding> parts) -> same(parts).map(layouts ->
                layouts.getFirst().with(axis, layouts.stream().mapToLong(layout -> layout.shape().get(axis)).sum()));
            case Binding.Stack(List<Binding> parts) -> same(parts).map(layouts -> {
                List<Long> shape = new ArrayList<>(List.of((long) parts.size()));
                shape.addAll(layouts.getFirst().shape());
                return new Layout(layouts.getFirst().format(), shape);
            });
        };
    }

    private Optional<List<Layout>> same(List<Binding> parts) {
        List<Layout> layouts = parts.stream().map(this::layout).flatMap(Optional::stream).toList();
        boolean same = layouts.size() == parts.size() && layouts.stream().map(Layout::format).distinct().count() == 1;
        return same ? Optional.of(layouts) : Optional.empty();
    }

    /** Moves the elements of an expression that has a layout; what is copied comes to lie in the arena. */
    StoredTensor move(String parameter, Binding binding, Arena arena) {
        Layout layout = layout(binding).orElseThrow();
        return new StoredTensor(parameter, layout.format(), layout.shape(), data(binding, arena));
    }

    private MemorySegment data(Binding binding, Arena arena) {
        return switch (binding) {
            case Binding.Stored(String name) -> stored.apply(name).data();
            case Binding.Reshape(Binding of, List<Long> _) -> data(of, arena);
            case Binding.Affine(Binding of, double _, double _) -> data(of, arena);
            case Binding.Slice slice -> slice(slice, arena);
            case Binding.Permute permute -> permute(permute, arena);
            case Binding.Concat(int axis, List<Binding> parts) -> join(layout(binding).orElseThrow(), axis, parts, arena);
            case Binding.Stack(List<Binding> parts) -> join(layout(binding).orElseThrow(), 0, parts, arena);
        };
    }

    private MemorySegment slice(Binding.Slice slice, Arena arena) {
        Layout layout = layout(slice.of()).orElseThrow();
        long outer = layout.outer(slice.axis());
        long stride = layout.bytesFrom(slice.axis());
        long one = layout.shape().get(slice.axis()) == 0 ? 0 : stride / layout.shape().get(slice.axis());
        if (slice.axis() == layout.last()) {
            return cut(data(slice.of(), arena), outer, stride, layout.format().bytes(slice.start()),
                layout.format().bytes(slice.end() - slice.start()), arena);
        }
        return cut(data(slice.of(), arena), outer, stride, slice.start() * one, (slice.end() - slice.start()) * one, arena);
    }

    private static MemorySegment cut(MemorySegment from, long outer, long stride, long start, long length, Arena arena) {
        if (outer == 1) {
            return from.asSlice(start, length);
        }
        MemorySegment to = allocate(outer * length, arena);
        for (long i = 0; i < outer; i++) {
            MemorySegment.copy(from, i * stride + start, to, i * length, length);
        }
        return to;
    }

    private MemorySegment join(Layout whole, int axis, List<Binding> parts, Arena arena) {
        MemorySegment to = allocate(whole.bytesFrom(0), arena);
        long outer = whole.outer(axis);
        long stride = whole.bytesFrom(axis);
        long at = 0;
        for (Binding part : parts) {
            try (Arena passing = Arena.ofConfined()) {
                MemorySegment from = data(part, passing);
                long length = outer == 0 ? 0 : from.byteSize() / outer;
                for (long i = 0; i < outer; i++) {
                    MemorySegment.copy(from, i * length, to, i * stride + at, length);
                }
                at += length;
            }
        }
        return to;
    }

    private MemorySegment permute(Binding.Permute permute, Arena arena) {
        Layout layout = layout(permute.of()).orElseThrow();
        int axes = layout.last();
        long row = layout.bytesFrom(axes);
        long[] steps = new long[axes];
        long[] sizes = new long[axes];
        long rows = 1;
        for (int i = 0; i < axes; i++) {
            int axis = permute.order().get(i);
            sizes[i] = layout.shape().get(axis);
            steps[i] = layout.bytesFrom(axis + 1);
            rows *= sizes[i];
        }
        MemorySegment to = allocate(rows * row, arena);
        try (Arena passing = Arena.ofConfined()) {
            MemorySegment from = data(permute.of(), passing);
            for (long index = 0; index < rows; index++) {
                long at = 0;
                long rest = index;
                for (int i = axes - 1; i >= 0; i--) {
                    at += rest % sizes[i] * steps[i];
                    rest /= sizes[i];
                }
                MemorySegment.copy(from, at, to, index * row, row);
            }
        }
        return to;
    }

    private static MemorySegment allocate(long bytes, Arena arena) {
        return arena.allocate(Math.max(1, bytes), 64).asSlice(0, bytes);
    }

    /** How a value is stored. */
    record Layout(Format format, List<Long> shape) {

        int last() {
            return shape.size() - 1;
        }

        /** Whether a position along the last axis lies between blocks. */
        boolean whole(long position) {
            return position % format.blockElements() == 0;
        }

        Layout with(int axis, long size) {
            List<Long> changed = new ArrayList<>(shape);
            changed.set(axis, size);
            return new Layout(format, List.copyOf(changed));
        }

        long outer(int axis) {
            return shape.subList(0, axis).stream().reduce(1L, Math::multiplyExact);
        }

        /** Bytes of one element of the axes before {@code axis}. */
        long bytesFrom(int axis) {
            return format.bytes(shape.subList(axis, shape.size()).stream().reduce(1L, Math::multiplyExact));
        }
    }
}
