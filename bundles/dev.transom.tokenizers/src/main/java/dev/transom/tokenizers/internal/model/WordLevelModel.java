package dev.transom.tokenizers.internal.model;

import dev.transom.api.TransomException;
import dev.transom.tokenizers.internal.text.Quoted;
import dev.transom.tokenizers.internal.text.Token;
import java.util.List;

/**
 * One token per piece.
 *
 * @param vocabulary the words
 * @param unknown the token of other pieces
 */
public record WordLevelModel(Vocabulary vocabulary, String unknown) implements Model {

    @Override
    public List<Token> tokenize(String piece) {
        int id = vocabulary.id(piece);
        if (id >= 0) {
            return List.of(new Token(id, piece, 0, piece.length()));
        }
        int unknownId = vocabulary.id(unknown);
        if (unknownId < 0) {
            throw new TransomException("word-level model: the unknown token must be in the vocabulary; " + Quoted.of(unknown)
                    + " is not, and " + Quoted.of(piece) + " needs it.");
        }
        return List.of(new Token(unknownId, unknown, 0, piece.length()));
    }
}
