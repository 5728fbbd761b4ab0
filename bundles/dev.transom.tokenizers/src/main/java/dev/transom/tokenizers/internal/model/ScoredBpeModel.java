package dev.transom.tokenizers.internal.model;

import dev.transom.api.TransomException;
import dev.transom.tokenizers.internal.text.Quoted;
import dev.transom.tokenizers.internal.text.Token;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;

/**
 * Byte-pair encoding without merges: joins the neighbours whose common text is the token of the highest score, the leftmost of
 * equal ones, until no two make a token. SentencePiece's {@code bpe}, and GGUF's vocabularies of model {@code llama}.
 */
public final class ScoredBpeModel implements Model {

    private static final char SPACE = '\u2581';

    /**
     * How tokens take part.
     *
     * @param excluded ids that merging never makes
     * @param unused ids that merging makes on the way but that are taken apart again
     * @param whole strings that stay whole and merge with nothing
     * @param unknownId absent: a text with an unknown character is refused
     * @param byteFallback unknown characters become the tokens of their bytes
     */
    public record Options(BitSet excluded, BitSet unused, TokenTrie whole, OptionalInt unknownId, boolean byteFallback) {}

    private final Vocabulary vocabulary;
    private final float[] scores;
    private final Options options;
    private final int longest;
    private final boolean wordsApart;
    private final PieceCache cache = new PieceCache();

    /**
     * @param vocabulary tokens by ids from 0 without gaps
     * @param scores by id, no NaN
     */
    public ScoredBpeModel(Vocabulary vocabulary, float[] scores, Options options) {
        this.vocabulary = vocabulary;
        this.scores = scores;
        this.options = options;
        int[] length = {0};
        boolean[] across = {false};
        vocabulary.forEach((token, id) -> {
            length[0] = Math.max(length[0], token.length());
            across[0] |= !options.excluded.get(id) && goesAcrossWords(token);
        });
        longest = length[0];
        wordsApart = !across[0];
    }

    /** Whether a word starts inside the token. */
    private static boolean goesAcrossWords(String token) {
        for (int i = token.indexOf(SPACE, 1); i > 0; i = token.indexOf(SPACE, i + 1)) {
            if (token.charAt(i - 1) != SPACE) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    @Override
    public List<Token> tokenize(String piece) {
        List<Token> tokens = new ArrayList<>();
        // If no token goes across words, words do not change each other, and most of them come again.
        for (int start = 0; start < piece.length(); ) {
            int end = wordsApart ? nextWord(piece, start) : piece.length();
            String word = piece.substring(start, end);
            for (Token token : cache.get(word, this::merge)) {
                add(tokens, new Token(token.id(), token.value(), start + token.start(), start + token.end()));
            }
            start = end;
        }
        return tokens;
    }

    private static int nextWord(String piece, int start) {
        for (int i = piece.indexOf(SPACE, start + 1); i >= 0; i = piece.indexOf(SPACE, i + 1)) {
            if (piece.charAt(i - 1) != SPACE) {
                return i;
            }
        }
        return piece.length();
    }

    /** Neighbouring unknown tokens become one. */
    private void add(List<Token> tokens, Token token) {
        boolean unknown = options.unknownId.isPresent() && token.id() == options.unknownId.getAsInt();
        if (unknown && !tokens.isEmpty() && tokens.getLast().id() == token.id()) {
            Token last = tokens.removeLast();
            tokens.add(new Token(token.id(), last.value() + token.value(), last.start(), token.end()));
        } else {
            tokens.add(token);
        }
    }

    private List<Token> merge(String word) {
        ScoredBpeWord symbols = new ScoredBpeWord(word, this::merged, scores, options);
        symbols.merge();
        List<Token> tokens = new ArrayList<>();
        symbols.forEach((start, end) -> emit(symbols, word, start, end, tokens));
        return tokens;
    }

    /** The token that two neighbours make, or -1. */
    private int merged(String word, int start, int end) {
        if (end - start > longest) {
            return -1;
        }
        int id = vocabulary.id(word.substring(start, end));
        return id < 0 || options.excluded.get(id) ? -1 : id;
    }

    private void emit(ScoredBpeWord symbols, String word, int start, int end, List<Token> tokens) {
        String text = word.substring(start, end);
        int id = vocabulary.id(text);
        int middle = id >= 0 && options.unused.get(id) ? symbols.partedAt(text) : -1;
        if (middle > 0) {
            emit(symbols, word, start, start + middle, tokens);
            emit(symbols, word, start + middle, end, tokens);
        } else if (id >= 0 && !options.excluded.get(id)) {
            tokens.add(new Token(id, text, start, end));
        } else if (!options.byteFallback || !addBytes(text, start, end, tokens)) {
            add(tokens, new Token(unknown(text), text, start, end));
        }
    }

    private boolean addBytes(String text, int start, int end, List<Token> tokens) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (byte b : bytes) {
            if (vocabulary.byteId(b & 0xff) < 0) {
                return false;
            }
        }
        for (byte b : bytes) {
            tokens.add(new Token(vocabulary.byteId(b & 0xff), Vocabulary.byteToken(b & 0xff), start, end));
        }
        return true;
    }

    private int unknown(String text) {
        return options.unknownId.orElseThrow(() -> new TransomException("byte-pair model: without an unknown token every "
                + "character must be in the vocabulary; " + Quoted.of(text) + " is not."));
    }
}
