package dev.transom.tokenizers.internal.model;

import dev.transom.api.TransomException;
import dev.transom.tokenizers.internal.text.Quoted;
import dev.transom.tokenizers.internal.text.Token;
import java.util.ArrayList;
import java.util.List;

/** WordPiece: takes the longest token that is a prefix of the rest, again and again; all or nothing. */
public final class WordPieceModel implements Model {

    private final Vocabulary vocabulary;
    private final String unknown;
    private final int longestWord;
    private final TokenTrie beginnings;
    private final TokenTrie continuations;

    /**
     * @param unknown the token of a piece that cannot be cut
     * @param continuingPrefix marks tokens inside a piece
     * @param longestWord code points; a longer piece is unknown
     */
    public WordPieceModel(Vocabulary vocabulary, String unknown, String continuingPrefix, int longestWord) {
        this.vocabulary = vocabulary;
        this.unknown = unknown;
        this.longestWord = longestWord;
        beginnings = new TokenTrie(vocabulary.size());
        continuations = new TokenTrie(vocabulary.size() / 4);
        vocabulary.forEach((token, id) -> {
            put(beginnings, token, id);
            if (token.startsWith(continuingPrefix)) {
                put(continuations, token.substring(continuingPrefix.length()), id);
            }
        });
    }

    private static void put(TokenTrie trie, String token, int id) {
        if (!token.isEmpty()) {
            trie.put(token, id);
        }
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    @Override
    public List<Token> tokenize(String piece) {
        if (piece.length() > longestWord && piece.codePointCount(0, piece.length()) > longestWord) {
            return List.of(unknown(piece));
        }
        List<Token> tokens = new ArrayList<>();
        for (int start = 0; start < piece.length(); ) {
            Token token = longest(start == 0 ? beginnings : continuations, piece, start);
            if (token == null) {
                return List.of(unknown(piece));
            }
            tokens.add(token);
            start = token.end();
        }
        return tokens;
    }

    private Token longest(TokenTrie trie, String piece, int start) {
        Token longest = null;
        int node = TokenTrie.ROOT;
        for (int i = start; i < piece.length(); i++) {
            node = trie.child(node, piece.charAt(i));
            if (node < 0) {
                break;
            }
            int id = trie.value(node);
            if (id >= 0) {
                longest = new Token(id, vocabulary.token(id), start, i + 1);
            }
        }
        return longest;
    }

    private Token unknown(String piece) {
        int id = vocabulary.id(unknown);
        if (id < 0) {
            throw new TransomException("WordPiece model: the unknown token must be in the vocabulary; " + Quoted.of(unknown)
                    + " is not, and " + Quoted.of(piece) + " needs it.");
        }
        return new Token(id, unknown, 0, piece.length());
    }
}
