package dev.transom.kernels.vector.internal;

import dev.transom.api.kernel.KernelArguments;

/** The three products of a linear cross entropy and its gradient, each for the chunk at hand. */
final class LogitProducts {

    private static final int BLOCK = 256;

    private LogitProducts() {
    }

    private abstract static class OfChunk extends PackedProduct {

        final LogitChunks chunks;

        OfChunk(LogitChunks chunks, int columns, long maxRows, long spareBytes) {
            super(columns, 1, BLOCK, maxRows, spareBytes);
            this.chunks = chunks;
        }

        @Override
        final long shared(KernelArguments arguments) {
            return chunks.products(arguments);
        }
    }

    /** Logits: x·wᵀ. */
    static final class Logits extends OfChunk {

        private static final long TURNING = Math.max(Lines.SPARE, KeyBlock.turnScratch(BLOCK));

        private final Storage storage;

        Logits(LogitChunks chunks, Storage storage) {
            super(chunks, chunks.classes(), chunks.size(), TURNING + 4L * Tile.COLUMNS * BLOCK);
            this.storage = storage;
        }

        @Override
        int rows(KernelArguments arguments) {
            return chunks.tokens(arguments);
        }

        @Override
        int depth(KernelArguments arguments) {
            return chunks.hidden();
        }

        @Override
        long result(KernelArguments arguments) {
            return chunks.logits(arguments, 0);
        }

        @Override
        void lines(KernelArguments arguments, int row, int rows, int start, int size, long to, long phase, long spare) {
            Lines.turn(arguments.inputAddress(0) + 4 * ((long) (chunks.first(arguments) + row) * chunks.hidden() + start),
                4L * chunks.hidden(), rows, size, size, 0, to, spare);
        }

        @Override
        void panel(KernelArguments arguments, int column, int count, int start, int size, long to, long spare) {
            long w = arguments.inputAddress(1) + storage.bytes() * ((long) column * chunks.hidden() + start);
            if (storage == Storage.F32) {
                KeyBlock.turn(w, 4L * chunks.hidden(), KeyBlock.NO_TABLE, 0, 0, count, size, to, spare);
                return;
            }
            long floats = spare + TURNING;
            for (int c = 0; c < count; c++) {
                storage.expand(w + (long) storage.bytes() * c * chunks.hidden(), floats + 4L * c * size, size);
            }
            KeyBlock.turn(floats, 4L * size, KeyBlock.NO_TABLE, 0, 0, count, size, to, spare);
        }
    }

    /** Gradient of x: g·w, g where the logits were. */
    static final class TokenGradient extends OfChunk {

        private final Storage storage;

        TokenGradient(LogitChunks chunks, Storage storage) {
            super(chunks, chunks.hidden(), chunks.size(), Lines.SPARE);
            this.storage = storage;
        }

        @Override
        int rows(KernelArguments arguments) {
            return chunks.tokens(arguments);
        }

        @Override
        int depth(KernelArguments arguments) {
            return chunks.classes();
        }

        @Override
        long result(KernelArguments arguments) {
            return arguments.outputAddress(0) + 4L * chunks.first(arguments) * chunks.hidden();
        }

        @Override
        void lines(KernelArguments arguments, int row, int rows, int start, int size, long to, long phase, long spare) {
            Lines.turn(chunks.logits(arguments, row) + 4L * start, 4L * chunks.classes(), rows, size, size, 0, to, spare);
        }

        @Override
        void panel(KernelArguments arguments, int column, int count, int start, int size, long to, long spare) {
            MatMulKernel.pack(storage, arguments.inputAddress(1) + storage.bytes() * ((long) start * chunks.hidden() + column),
                (long) storage.bytes() * chunks.hidden(), size, count, to);
        }
    }

    /** Gradient of w: gᵀ·x, added up over the chunks. */
    static final class WeightGradient extends OfChunk {

        WeightGradient(LogitChunks chunks) {
            super(chunks, chunks.hidden(), chunks.classes(), 0);
        }

        @Override
        int rows(KernelArguments arguments) {
            return chunks.classes();
        }

        @Override
        int depth(KernelArguments arguments) {
            return chunks.tokens(arguments);
        }

        @Override
        long result(KernelArguments arguments) {
            return arguments.outputAddress(1);
        }

        @Override
        boolean adds(KernelArguments arguments) {
            return chunks.first(arguments) > 0;
        }

        @Override
        void lines(KernelArguments arguments, int row, int rows, int start, int size, long to, long phase, long spare) {
            Lines.copy(chunks.logits(arguments, start) + 4L * row, 4L * chunks.classes(), size, chunks.classes() - row, to);
        }

        @Override
        void panel(KernelArguments arguments, int column, int count, int start, int size, long to, long spare) {
            MatMulKernel.pack(Storage.F32,
                arguments.inputAddress(0) + 4 * ((long) (chunks.first(arguments) + start) * chunks.hidden() + column),
                4L * chunks.hidden(), size, count, to);
        }
    }
}
