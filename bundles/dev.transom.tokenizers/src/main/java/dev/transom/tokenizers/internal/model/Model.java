package dev.transom.tokenizers.internal.model;

import dev.transom.tokenizers.internal.text.Token;
import java.util.List;

/** Cuts a piece of text into tokens of a vocabulary. Immutable apart from caches, to be called from any thread. */
public interface Model {

    /** The vocabulary. */
    Vocabulary vocabulary();

    /**
     * The tokens of a piece that is not empty.
     *
     * @throws dev.transom.api.TransomException if the vocabulary cannot express the piece and has no unknown token
     */
    List<Token> tokenize(String piece);
}
