package dev.transom.tokenizers.internal.model;

import dev.transom.tokenizers.internal.text.Token;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Remembers the tokens of short pieces, up to a fixed number of pieces; then it takes no more. */
final class PieceCache {

    private static final int PIECES = 10_000;
    private static final int LONGEST_PIECE = 256;

    private final ConcurrentHashMap<String, List<Token>> tokens = new ConcurrentHashMap<>();

    List<Token> get(String piece, Function<String, List<Token>> model) {
        if (piece.length() > LONGEST_PIECE) {
            return model.apply(piece);
        }
        List<Token> known = tokens.get(piece);
        if (known != null) {
            return known;
        }
        List<Token> found = List.copyOf(model.apply(piece));
        // mappingCount is cheap but not exact: a few pieces more or less do not matter.
        if (tokens.mappingCount() < PIECES) {
            tokens.put(piece, found);
        }
        return found;
    }
}
