package dev.transom.kernels.vector.internal;

import static dev.transom.kernels.vector.internal.Lanes.BYTES;
import static dev.transom.kernels.vector.internal.Lanes.LENGTH;

import dev.transom.api.kernel.Kernel;
import dev.transom.api.kernel.KernelArguments;
import dev.transom.api.kernel.KernelRequest;
import dev.transom.api.kernel.Threads;
import dev.transom.api.tensor.Format;
import dev.transom.graph.Rules;
import dev.transom.graph.Shape;
import java.util.Optional;

/**
 * {@code expert_matmul} with matrices {@code [experts, n, k]} of any storage: only the experts that were chosen are read, each once for all
 * tokens that chose it. Additions have the order of {@link LinearKernel}, so a token's result does not depend on its company. Threads
 * share groups of sixteen rows.
 */
final class ExpertKernel implements Kernel, Threads.Part {

    private static final int BLOCK = 128 * LENGTH;
    private static final int ROWS = LaneSums.ROWS;
    private static final int APART = ROWS / DotTile.ROWS;
    private static final long SUMS = (long) ROWS * BYTES;

    private final Optional<BlockStorage> blocks;
    private final Storage plain;
    private final int experts;
    private final int n;
    private final int k;

    private ExpertKernel(Optional<BlockStorage> blocks, Storage plain, Shape w) {
        this.blocks = blocks;
        this.plain = plain;
        this.experts = Math.toIntExact(w.dim(0).max());
        this.n = Math.toIntExact(w.dim(1).max());
        this.k = Math.toIntExact(w.dim(2).max());
    }

    /** A kernel where rows are whole vectors and whole blocks. */
    static Optional<Kernel> of(KernelRequest request) {
        Format format = request.formats().get(1);
        Shape w = request.node().inputs().get(1).shape();
        Optional<BlockStorage> blocks = BlockStorage.of(format);
        Optional<Storage> plain = Storage.of(format);
        long whole = Math.max(LENGTH, format.blockElements());
        boolean suits = request.node().attributes().flag("transpose_w") && request.formats().getFirst().equals(Format.F32)
            && (blocks.isPresent() || plain.isPresent()) && w.last().max() % whole == 0 && w.last().max() > 0;
        return suits ? Optional.of(new ExpertKernel(blocks, plain.orElse(null), w)) : Optional.empty();
    }

    @Override
    public long scratchBytes() {
        return SUMS + LaneSums.SPARE + 4L * ROWS * Math.min(BLOCK, k);
    }

    @Override
    public void run(KernelArguments arguments, Threads threads) {
        int pairs = (int) arguments.elements(2);
        for (int i = 0; i < pairs; i++) {
            int id = Lanes.getInt(arguments.inputAddress(2) + 4L * i);
            if (id < 0 || id >= experts) {
                Rules.require(false, "expert_matmul: an id must be one of the " + experts + " experts", id);
            }
        }
        if (pairs > 0) {
            threads.run(this, arguments);
        }
    }

    @Override
    public void run(KernelArguments arguments, int thread, int threads) {
        int groups = Math.ceilDiv(n, ROWS);
        for (int g = Share.start(groups, thread, threads); g < Share.end(groups, thread, threads); g++) {
            for (int start = 0; start < k; start += BLOCK) {
                for (int expert = 0; expert < experts; expert++) {
                    rows(arguments, expert, g * ROWS, start, arguments.scratchAddress(thread));
                }
            }
        }
    }

    /** Sixteen rows of an expert by all tokens that chose it. */
    private void rows(KernelArguments arguments, int expert, int row, int start, long sums) {
        long ids = arguments.inputAddress(2);
        int pairs = (int) arguments.elements(2);
        int perRow = arguments.rank(0) == 2 ? arguments.dim(2, 1) : 1;
        int rows = Math.min(ROWS, n - row);
        int size = Math.min(BLOCK, k - start);
        long spare = sums + SUMS;
        long floats = spare + LaneSums.SPARE;
        boolean expanded = false;
        for (int i = 0; i < pairs; i++) {
            if (Lanes.getInt(ids + 4L * i) != expert) {
                continue;
            }
            if (!expanded) {
                expand(arguments.inputAddress(1), (long) expert * n + row, rows, start, size, floats);
                expanded = true;
            }
            long x = arguments.inputAddress(0) + 4L * ((long) (i / perRow) * k + start);
            for (int g = 0; g < APART; g++) {
                DotTile.run(1, x, 4L * k, floats + 4L * g * size, 4L * APART * size, size / LENGTH, sums + (long) g * BYTES);
            }
            LaneSums.addTo(arguments.outputAddress(0) + 4L * ((long) i * n + row), sums, rows, start == 0, spare);
        }
    }

    private void expand(long w, long row, int rows, int start, int size, long to) {
        for (int r = 0; r < rows; r++) {
            long element = (row + r) * k + start;
            if (blocks.isPresent()) {
                blocks.get().expand(w + blocks.get().offset(element), to + 4L * r * size, size);
            } else {
                plain.expand(w + plain.bytes() * element, to + 4L * r * size, size);
            }
        }
        Lanes.zero(to + 4L * rows * size, 4L * (ROWS - rows) * size);
    }
}
