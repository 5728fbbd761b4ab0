package dev.transom.kernels.vector.internal;

import dev.transom.api.kernel.Kernel;
import dev.transom.api.kernel.KernelArguments;
import dev.transom.api.kernel.KernelRequest;
import dev.transom.api.kernel.Threads;
import dev.transom.api.tensor.Format;
import java.util.Optional;

/** cross_entropy: threads share the rows, whose losses are then added in their order; and its gradient. */
final class CrossEntropyKernel implements Kernel {

    private final long maxRows;
    private final Threads.Part losses = CrossEntropyKernel::losses;

    private CrossEntropyKernel(long maxRows) {
        this.maxRows = maxRows;
    }

    static Optional<Kernel> of(KernelRequest request) {
        if (!request.formats().getFirst().equals(Format.F32)) {
            return Optional.empty();
        }
        return Optional.of(request.node().operation().equals("cross_entropy")
            ? new CrossEntropyKernel(request.node().inputs().getFirst().shape().dim(0).max()) : new Gradient());
    }

    /** A loss for each row. */
    @Override
    public long sharedScratchBytes() {
        return 4 * maxRows;
    }

    @Override
    public void run(KernelArguments arguments, Threads threads) {
        int rows = arguments.dim(0, 0);
        int kept = Ids.labels("cross_entropy", arguments.inputAddress(1), rows, arguments.dim(0, 1));
        threads.run(losses, arguments);
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            sum += Lanes.get(arguments.sharedScratchAddress() + 4L * row);
        }
        Lanes.set(arguments.outputAddress(0), (float) (sum / kept));
    }

    private static void losses(KernelArguments arguments, int thread, int threads) {
        int rows = arguments.dim(0, 0);
        int classes = arguments.dim(0, 1);
        for (int row = Share.start(rows, thread, threads); row < Share.end(rows, thread, threads); row++) {
            int label = Lanes.getInt(arguments.inputAddress(1) + 4L * row);
            Lanes.set(arguments.sharedScratchAddress() + 4L * row,
                label < 0 ? 0 : LossRows.loss(arguments.inputAddress(0) + 4L * row * classes, label, classes));
        }
    }

    private static final class Gradient implements Kernel, Threads.Part {

        /** How many labels are kept. */
        @Override
        public long sharedScratchBytes() {
            return 4;
        }

        @Override
        public void run(KernelArguments arguments, Threads threads) {
            Lanes.setInt(arguments.sharedScratchAddress(), Ids.labels("cross_entropy_backward", arguments.inputAddress(1),
                arguments.dim(0, 0), arguments.dim(0, 1)));
            threads.run(this, arguments);
        }

        @Override
        public void run(KernelArguments arguments, int thread, int threads) {
            int rows = arguments.dim(0, 0);
            int classes = arguments.dim(0, 1);
            float factor = Lanes.get(arguments.inputAddress(2)) / Lanes.getInt(arguments.sharedScratchAddress());
            for (int row = Share.start(rows, thread, threads); row < Share.end(rows, thread, threads); row++) {
                long at = 4L * row * classes;
                LossRows.gradient(arguments.inputAddress(0) + at, Lanes.getInt(arguments.inputAddress(1) + 4L * row), factor,
                    arguments.outputAddress(0) + at, classes);
            }
        }
    }
}
