package dev.transom.kernels.vector.internal;

import dev.transom.api.kernel.Kernel;
import dev.transom.api.kernel.KernelArguments;
import dev.transom.api.kernel.KernelRequest;
import dev.transom.api.tensor.Format;
import dev.transom.graph.Attributes;
import java.util.List;
import java.util.Optional;

/** Kernels that move elements without computing: gather, slice, pad, concat and its gradient, transpose, broadcast_to. */
final class Moves {

    private Moves() {
    }

    /** A kernel, or empty for any other operation. */
    static Optional<Kernel> of(KernelRequest request) {
        Attributes attributes = request.node().attributes();
        String operation = request.node().operation();
        if (operation.equals("gather")) {
            return Storage.of(request.formats().getFirst()).<Kernel>map(Gather::new)
                .or(() -> BlockStorage.of(request.formats().getFirst()).map(BlockGather::new));
        }
        if (operation.equals("broadcast_to")) {
            return request.formats().getFirst().equals(Format.F32) ? Optional.of(new BroadcastTo()) : Optional.empty();
        }
        if (!request.formats().stream().allMatch(Format.F32::equals)) {
            return Optional.empty();
        }
        return Optional.ofNullable(switch (operation) {
            case "slice" -> new Slice(attributes.int32("axis"), attributes.integer("start"));
            case "pad" -> new Pad(attributes.int32("axis"), attributes.integer("before"));
            case "concat" -> new Concat(attributes.int32("axis"), request.node().inputs().size());
            case "concat_backward" -> new ConcatBackward(attributes.int32("axis"), request.node().types().size());
            case "transpose" -> transpose(attributes.integers("permutation"));
            default -> null;
        });
    }

    private static Kernel transpose(List<Long> permutation) {
        return permutation.size() <= Axes.MAX ? new Transpose(permutation.stream().mapToInt(Long::intValue).toArray()) : null;
    }

    /** Copies or expands {@code count} elements. */
    private static void copy(long from, long to, long count) {
        for (long done = 0; done < count; done += 1 << 20) {
            Columns.copy(from + 4 * done, to + 4 * done, (int) Math.min(1 << 20, count - done));
        }
    }

    private static final class Gather extends Work {

        private final Storage storage;

        Gather(Storage storage) {
            this.storage = storage;
        }

        @Override
        void check(KernelArguments arguments) {
            Ids.rows("gather", arguments.inputAddress(1), units(arguments), arguments.dim(0, 0));
        }

        @Override
        int units(KernelArguments arguments) {
            return (int) arguments.elements(1);
        }

        @Override
        void compute(KernelArguments arguments, int thread, int from, int to) {
            int width = (int) Axes.inner(arguments, 0, 0);
            for (int i = from; i < to; i++) {
                int id = Lanes.getInt(arguments.inputAddress(1) + 4L * i);
                long y = arguments.outputAddress(0) + 4L * i * width;
                if (id < 0) {
                    Lanes.zero(y, 4L * width);
                } else {
                    storage.expandPlainly(arguments.inputAddress(0) + (long) storage.bytes() * id * width, y, width);
                }
            }
        }
    }

    /** Parts of a tensor along one axis: units are what lies before the axis. */
    private abstract static class Along extends Work {

        final int axis;

        Along(int axis) {
            this.axis = axis;
        }

        @Override
        int units(KernelArguments arguments) {
            return (int) Axes.outer(arguments, 0, axis);
        }
    }

    private static final class Slice extends Along {

        private final long start;

        Slice(int axis, long start) {
            super(axis);
            this.start = start;
        }

        @Override
        void compute(KernelArguments arguments, int thread, int from, int to) {
            long inner = Axes.inner(arguments, 0, axis);
            long given = arguments.dim(0, axis) * inner;
            long wanted = arguments.outputDim(0, axis) * inner;
            for (long unit = from; unit < to; unit++) {
                copy(arguments.inputAddress(0) + 4 * (unit * given + start * inner), arguments.outputAddress(0) + 4 * unit * wanted, wanted);
            }
        }
    }

    private static final class Pad extends Along {

        private final long before;

        Pad(int axis, long before) {
            super(axis);
            this.before = before;
        }

        @Override
        void compute(KernelArguments arguments, int thread, int from, int to) {
            long inner = Axes.inner(arguments, 0, axis);
            long given = arguments.dim(0, axis) * inner;
            long wanted = arguments.outputDim(0, axis) * inner;
            for (long unit = from; unit < to; unit++) {
                long y = arguments.outputAddress(0) + 4 * unit * wanted;
                Lanes.zero(y, 4 * before * inner);
                copy(arguments.inputAddress(0) + 4 * unit * given, y + 4 * before * inner, given);
                Lanes.zero(y + 4 * (before * inner + given), 4 * (wanted - before * inner - given));
            }
        }
    }

    private static final class Concat extends Along {

        private final int parts;

        Concat(int axis, int parts) {
            super(axis);
            this.parts = parts;
        }

        @Override
        void compute(KernelArguments arguments, int thread, int from, int to) {
            long inner = Axes.inner(arguments, 0, axis);
            long wanted = arguments.outputDim(0, axis) * inner;
            long at = 0;
            for (int part = 0; part < parts; part++) {
                long size = arguments.dim(part, axis) * inner;
                for (long unit = from; unit < to; unit++) {
                    copy(arguments.inputAddress(part) + 4 * unit * size, arguments.outputAddress(0) + 4 * (unit * wanted + at), size);
                }
                at += size;
            }
        }
    }

    private static final class ConcatBackward extends Along {

        private final int parts;

        ConcatBackward(int axis, int parts) {
            super(axis);
            this.parts = parts;
        }

        @Override
        long elements(KernelArguments arguments) {
            return arguments.elements(0);
        }

        @Override
        void compute(KernelArguments arguments, int thread, int from, int to) {
            long inner = Axes.inner(arguments, 0, axis);
            long given = arguments.dim(0, axis) * inner;
            long at = 0;
            for (int part = 0; part < parts; part++) {
                long size = arguments.outputDim(part, axis) * inner;
                for (long unit = from; unit < to; unit++) {
                    copy(arguments.inputAddress(0) + 4 * (unit * given + at), arguments.outputAddress(part) + 4 * unit * size, size);
                }
                at += size;
            }
        }
    }

    /** Rows of the result's last axis; along it x is read with a stride. */
    private static final class Transpose extends Work {

        private final int[] permutation;

        Transpose(int[] permutation) {
            this.permutation = permutation;
        }

        @Override
        int units(KernelArguments arguments) {
            int rank = permutation.length;
            return rank == 0 || arguments.outputElements(0) == 0 ? (int) arguments.outputElements(0)
                : (int) (arguments.outputElements(0) / arguments.outputDim(0, rank - 1));
        }

        private long stride(KernelArguments arguments, int axis) {
            return Axes.inner(arguments, 0, permutation[axis]);
        }

        @Override
        void compute(KernelArguments arguments, int thread, int from, int to) {
            int last = permutation.length - 1;
            int width = last < 0 ? 1 : arguments.outputDim(0, last);
            long step = last < 0 ? 1 : stride(arguments, last);
            for (int unit = from; unit < to; unit++) {
                long x = arguments.inputAddress(0);
                int rest = unit;
                for (int axis = last - 1; axis >= 0; axis--) {
                    x += 4 * (rest % arguments.outputDim(0, axis) * stride(arguments, axis));
                    rest /= arguments.outputDim(0, axis);
                }
                long y = arguments.outputAddress(0) + 4L * unit * width;
                if (step == 1) {
                    Columns.copy(x, y, width);
                } else {
                    for (int i = 0; i < width; i++) {
                        Lanes.set(y + 4L * i, Lanes.get(x + 4 * step * i));
                    }
                }
            }
        }
    }

    /** Rows of the result's last axis. */
    private static final class BroadcastTo extends Work {

        @Override
        int units(KernelArguments arguments) {
            int rank = arguments.rank(1);
            return rank == 0 || arguments.outputElements(0) == 0 ? (int) arguments.outputElements(0)
                : (int) (arguments.outputElements(0) / arguments.dim(1, rank - 1));
        }

        @Override
        void compute(KernelArguments arguments, int thread, int from, int to) {
            int rank = arguments.rank(1);
            int width = rank == 0 ? 1 : arguments.dim(1, rank - 1);
            boolean one = arguments.rank(0) == 0 || arguments.dim(0, arguments.rank(0) - 1) == 1;
            for (int unit = from; unit < to; unit++) {
                long x = arguments.inputAddress(0) + 4 * Axes.source(arguments, 0, 1, unit);
                long y = arguments.outputAddress(0) + 4L * unit * width;
                if (one) {
                    Arithmetic.fill(y, Lanes.get(x), width);
                } else {
                    Columns.copy(x, y, width);
                }
            }
        }
    }
}
