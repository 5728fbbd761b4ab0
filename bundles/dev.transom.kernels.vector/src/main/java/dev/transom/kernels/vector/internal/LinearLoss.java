package dev.transom.kernels.vector.internal;

import dev.transom.api.kernel.Kernel;
import dev.transom.api.kernel.KernelArguments;
import dev.transom.api.kernel.KernelRequest;
import dev.transom.api.kernel.Threads;
import dev.transom.api.tensor.Format;
import dev.transom.graph.Dim;
import dev.transom.graph.Shape;
import java.util.Optional;

/**
 * linear_cross_entropy and its gradient, chunk of tokens by chunk: logits by a product; then threads share the rows; for the
 * gradient two products more. Losses and the weight's gradient are added in the order of tokens.
 */
final class LinearLoss implements Kernel {

    private final LogitChunks chunks;
    private final LogitProducts.Logits logits;
    private final Threads.Part losses = this::losses;

    private LinearLoss(LogitChunks chunks, Storage storage) {
        this.chunks = chunks;
        this.logits = new LogitProducts.Logits(chunks, storage);
    }

    static Optional<Kernel> of(KernelRequest request) {
        Shape x = request.node().inputs().get(0).shape();
        Shape w = request.node().inputs().get(1).shape();
        Optional<Storage> storage = Storage.of(request.formats().get(1));
        if (storage.isEmpty() || !request.formats().get(0).equals(Format.F32) || !(w.dim(0) instanceof Dim.Fixed)
            || !(w.dim(1) instanceof Dim.Fixed)) {
            return Optional.empty();
        }
        LogitChunks chunks = LogitChunks.of(x, w);
        return Optional.of(request.node().operation().equals("linear_cross_entropy") ? new LinearLoss(chunks, storage.get())
            : new Gradient(chunks, storage.get()));
    }

    @Override
    public long scratchBytes() {
        return logits.scratchBytes();
    }

    @Override
    public long sharedScratchBytes() {
        return chunks.bytes() + logits.sharedScratchBytes();
    }

    @Override
    public void run(KernelArguments arguments, Threads threads) {
        int tokens = arguments.dim(0, 0);
        int kept = Ids.labels("linear_cross_entropy", arguments.inputAddress(2), tokens, chunks.classes());
        double sum = 0;
        int step = tokens == 0 ? 1 : chunks.step(tokens);
        for (int first = 0; first < tokens && kept > 0; first += step) {
            int count = Math.min(step, tokens - first);
            chunks.set(arguments, first, count);
            logits.run(arguments, threads);
            threads.run(losses, arguments);
            for (int token = 0; token < count; token++) {
                sum += Lanes.get(chunks.logits(arguments, token));
            }
        }
        Lanes.set(arguments.outputAddress(0), (float) (sum / kept));
    }

    /** A token's loss takes the place of its first logit. */
    private void losses(KernelArguments arguments, int thread, int threads) {
        int tokens = chunks.tokens(arguments);
        for (int token = Share.start(tokens, thread, threads); token < Share.end(tokens, thread, threads); token++) {
            long row = chunks.logits(arguments, token);
            int label = chunks.label(arguments, token);
            Lanes.set(row, label < 0 ? 0 : LossRows.loss(row, label, chunks.classes()));
        }
    }

    /** Its gradient: the logits again, what they make of the loss in their place, and the products with that. */
    private static final class Gradient implements Kernel {

        private final LogitChunks chunks;
        private final LogitProducts.Logits logits;
        private final LogitProducts.TokenGradient tokens;
        private final LogitProducts.WeightGradient weights;
        private final Threads.Part gradients = this::gradients;

        Gradient(LogitChunks chunks, Storage storage) {
            this.chunks = chunks;
            this.logits = new LogitProducts.Logits(chunks, storage);
            this.tokens = new LogitProducts.TokenGradient(chunks, storage);
            this.weights = new LogitProducts.WeightGradient(chunks);
        }

        @Override
        public long scratchBytes() {
            return Math.max(logits.scratchBytes(), Math.max(tokens.scratchBytes(), weights.scratchBytes()));
        }

        @Override
        public long sharedScratchBytes() {
            return chunks.bytes()
                + Math.max(logits.sharedScratchBytes(), Math.max(tokens.sharedScratchBytes(), weights.sharedScratchBytes()));
        }

        @Override
        public void run(KernelArguments arguments, Threads threads) {
            int count = arguments.dim(0, 0);
            chunks.setKept(arguments,
                Ids.labels("linear_cross_entropy_backward", arguments.inputAddress(2), count, chunks.classes()));
            if (count == 0) {
                Lanes.zero(arguments.outputAddress(1), 4 * arguments.outputElements(1));
                return;
            }
            int step = chunks.step(count);
            for (int first = 0; first < count; first += step) {
                chunks.set(arguments, first, Math.min(step, count - first));
                logits.run(arguments, threads);
                threads.run(gradients, arguments);
                tokens.run(arguments, threads);
                weights.run(arguments, threads);
            }
        }

        private void gradients(KernelArguments arguments, int thread, int threads) {
            int count = chunks.tokens(arguments);
            float factor = Lanes.get(arguments.inputAddress(3)) / chunks.kept(arguments);
            for (int token = Share.start(count, thread, threads); token < Share.end(count, thread, threads); token++) {
                long row = chunks.logits(arguments, token);
                LossRows.gradient(row, chunks.label(arguments, token), factor, row, chunks.classes());
            }
        }
    }
}
