package dev.transom.app.inspect.internal;

import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.GraphRequest.Limits;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.architecture.ModelFacts.Structure;
import java.util.List;

/**
 * What a model would be loaded for: generation over a cache where it can generate, else whole rows in one step. The defaults are
 * those of {@code generate}, so that the figures are those of a model that {@code generate} loads.
 *
 * @param generates tokens continue rows that are cached
 * @param head      the head computed, empty for hidden states
 * @param context   positions of a row
 * @param rows      rows at once
 */
record Load(boolean generates, String head, int context, int rows, int prefix) {

    private static final int DEFAULT_CONTEXT = 4096;
    private static final int BLOCK = 32;
    private static final int CHUNK = 512;

    /** @param context 0 for the default */
    static Load of(ModelFacts facts, int context, int rows) {
        boolean generates = facts.structure() != Structure.ENCODER && facts.hasHead("lm");
        String head = generates ? "lm" : facts.hasHead(facts.defaultHead()) ? facts.defaultHead() : "";
        return new Load(generates, head, context > 0 ? context : Math.min(facts.maxPositions(), DEFAULT_CONTEXT), rows,
            facts.prefix());
    }

    Load withContext(int positions) {
        return new Load(generates, head, positions, rows, prefix);
    }

    Load withRows(int count) {
        return new Load(generates, head, context, count, prefix);
    }

    GraphRequest request(Structure structure) {
        if (!generates) {
            int tokens = Math.multiplyExact(context, rows);
            return GraphRequest.whole(head.isEmpty() ? List.of() : List.of(head), Limits.of(tokens, rows));
        }
        int source = structure == Structure.ENCODER_DECODER ? context : 0;
        return GraphRequest.generation(new Limits(tokens(), rows, Math.ceilDiv(context, blockSize()), blockSize(), source, rows));
    }

    /** Tokens of one step. */
    int tokens() {
        return generates ? Math.max((int) Math.min(CHUNK, (long) context * rows), rows + prefix)
            : Math.multiplyExact(context, rows);
    }

    /** Positions of all rows in the cache, whole blocks. */
    long cachedPositions() {
        return generates ? (long) rows * Math.ceilDiv(context, blockSize()) * blockSize() : 0;
    }

    private int blockSize() {
        return Math.min(BLOCK, context);
    }
}
