package dev.transom.kernels.vector.internal;

import dev.transom.api.kernel.Kernel;
import dev.transom.api.kernel.KernelArguments;
import dev.transom.api.kernel.KernelRequest;
import dev.transom.api.kernel.Threads;
import dev.transom.api.tensor.Format;
import dev.transom.graph.AttentionMask;
import dev.transom.graph.Dim;
import dev.transom.graph.Shape;
import java.util.Optional;

/**
 * Gradient of attention. A unit of work is a segment and a key head with the query heads that read it: its keys and values are
 * packed once; its queries come in blocks of some {@value #LINES} pairs (query, head), which are lines of tiles. A block's
 * probabilities are recomputed for all keys it sees, see {@link GradientBlock}. All sums of a unit run in one order on one
 * thread, so results do not depend on the number of threads.
 */
final class AttentionGradient implements Kernel, Threads.Part {

    private static final int LINES = 48;

    private final HeadLayout layout;
    private final int queries;
    private final GradientScratch scratch;

    private AttentionGradient(HeadLayout layout, int maxKeys) {
        this.layout = layout;
        this.queries = Math.max(1, LINES / layout.group());
        this.scratch = GradientScratch.of(layout, queries * layout.group(), maxKeys);
    }

    static Optional<Kernel> of(KernelRequest request) {
        Shape q = request.node().inputs().get(0).shape();
        Shape k = request.node().inputs().get(1).shape();
        Shape v = request.node().inputs().get(2).shape();
        if (!fixed(q) || !fixed(k) || !fixed(v)
            || !request.formats().stream().allMatch(format -> format.equals(Format.F32) || format.equals(Format.I32))) {
            return Optional.empty();
        }
        AttentionMask mask = AttentionMask.of(request.node().attributes());
        HeadLayout layout = new HeadLayout(mask, size(q, 1), size(k, 1), size(q, 2), size(v, 2));
        return Optional.of(new AttentionGradient(layout, size(k, 0)));
    }

    private static int size(Shape shape, int axis) {
        return Math.toIntExact(shape.dim(axis).max());
    }

    private static boolean fixed(Shape heads) {
        return heads.dim(1) instanceof Dim.Fixed && heads.dim(2) instanceof Dim.Fixed;
    }

    @Override
    public long scratchBytes() {
        return scratch.bytes();
    }

    @Override
    public void run(KernelArguments arguments, Threads threads) {
        Ids.offsets("attention_backward", arguments.inputAddress(3), arguments.dim(3, 0), arguments.dim(0, 0));
        Ids.offsets("attention_backward", arguments.inputAddress(4), arguments.dim(4, 0), arguments.dim(1, 0));
        outside(arguments, 0, 3, layout.queryStride());
        outside(arguments, 1, 4, layout.keyStride());
        outside(arguments, 2, 4, layout.valueStride());
        threads.run(this, arguments);
    }

    /** Zeros for what lies in no segment. */
    private static void outside(KernelArguments arguments, int output, int offsets, long stride) {
        int first = Lanes.getInt(arguments.inputAddress(offsets));
        int last = Lanes.getInt(arguments.inputAddress(offsets) + 4L * (arguments.dim(offsets, 0) - 1));
        Lanes.zero(arguments.outputAddress(output), first * stride);
        Lanes.zero(arguments.outputAddress(output) + last * stride, (arguments.outputDim(output, 0) - last) * stride);
    }

    @Override
    public void run(KernelArguments arguments, int thread, int threads) {
        int unit = 0;
        for (int row = 0; row < arguments.dim(3, 0) - 1; row++) {
            for (int kvHead = 0; kvHead < layout.kvHeads(); kvHead++) {
                if (unit++ % threads == thread) {
                    unit(arguments, arguments.scratchAddress(thread), row, kvHead);
                }
            }
        }
    }

    private void unit(KernelArguments arguments, long at, int row, int kvHead) {
        int from = Lanes.getInt(arguments.inputAddress(3) + 4L * row);
        int to = Lanes.getInt(arguments.inputAddress(3) + 4L * row + 4);
        int firstKey = Lanes.getInt(arguments.inputAddress(4) + 4L * row);
        int keys = Lanes.getInt(arguments.inputAddress(4) + 4L * row + 4) - firstKey;
        long key = firstKey * layout.keyStride() + 4L * kvHead * layout.dim();
        long value = firstKey * layout.valueStride() + 4L * kvHead * layout.valueDim();
        KeyBlock.turn(arguments.inputAddress(1) + key, layout.keyStride(), KeyBlock.NO_TABLE, 0, 0, keys, layout.dim(),
            at + scratch.keyTurned(), at + scratch.spare());
        KeyBlock.turn(arguments.inputAddress(2) + value, layout.valueStride(), KeyBlock.NO_TABLE, 0, 0, keys, layout.valueDim(),
            at + scratch.valueTurned(), at + scratch.spare());
        for (int i = 0; i < keys; i++) {
            long rowAt = arguments.inputAddress(1) + key + i * layout.keyStride();
            GradientBlock.panelRow(rowAt, layout.dim(), at + scratch.keyRows(), keys, i);
        }
        Lanes.zero(at + scratch.dk(), keys * scratch.keyRow());
        Lanes.zero(at + scratch.dv(), keys * scratch.valueRow());
        for (int start = from; start < to; start += queries) {
            int lines = Math.min(queries, to - start) * layout.group();
            GradientBlock.add(scratch, arguments, at, kvHead, start, lines, start - to + keys, keys);
        }
        for (int i = 0; i < keys; i++) {
            long dk = arguments.outputAddress(1) + key + i * layout.keyStride();
            long dv = arguments.outputAddress(2) + value + i * layout.valueStride();
            Columns.copy(at + scratch.dk() + i * scratch.keyRow(), dk, layout.dim());
            Columns.copy(at + scratch.dv() + i * scratch.valueRow(), dv, layout.valueDim());
        }
    }
}
