package dev.transom.engine.internal;

import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.architecture.ModelFacts.Structure;
import dev.transom.api.engine.EngineOptions;

/**
 * Sizes that a model is loaded for.
 *
 * @param context      positions a row may have
 * @param source       source tokens a row may have, 0 without a source
 * @param tokens       tokens of a step
 * @param rows         rows of a step
 * @param blockSize    positions of a cache block
 * @param tableWidth   blocks of a row's table
 * @param prefix       positions that must come in one step
 */
record StepLimits(int context, int source, int tokens, int rows, int blockSize, int tableWidth, int prefix) {

    /** Longest context unless the user asks for more. */
    private static final int DEFAULT_CONTEXT = 4096;
    /** Large enough that a table is short, small enough that a fork copies and a row wastes little. */
    private static final int BLOCK = 32;

    static StepLimits of(ModelFacts facts, EngineOptions options) {
        int context = options.context() > 0 ? options.context() : Math.min(facts.maxPositions(), DEFAULT_CONTEXT);
        int source = facts.structure() == Structure.ENCODER_DECODER ? context : 0;
        int blockSize = Math.min(BLOCK, context);
        int rows = options.maxRows();
        // Rows that decode must leave room for a whole prefix, or it could wait for ever.
        int tokens = Math.max(Math.min(options.chunk(), context * rows), rows + facts.prefix());
        return new StepLimits(context, source, tokens, rows, blockSize, Math.ceilDiv(context, blockSize), facts.prefix());
    }

    /** Blocks of a row at its longest. */
    int rowBlocks() {
        return Math.ceilDiv(context, blockSize) + Math.ceilDiv(source, blockSize);
    }

    GraphRequest request() {
        return GraphRequest.generation(new GraphRequest.Limits(tokens, rows, tableWidth, blockSize, source, rows));
    }
}
