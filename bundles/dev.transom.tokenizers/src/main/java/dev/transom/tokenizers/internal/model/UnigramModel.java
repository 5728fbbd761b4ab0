package dev.transom.tokenizers.internal.model;

import dev.transom.api.TransomException;
import dev.transom.tokenizers.internal.text.Quoted;
import dev.transom.tokenizers.internal.text.Token;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

/**
 * Unigram language model (Kudo, arXiv:1804.10959): of all ways to cut a piece the one with the highest sum of scores,
 * found by Viterbi. A character without a token costs the lowest score less 10; neighbouring ones become one token.
 */
public final class UnigramModel implements Model {

    private static final double UNKNOWN_PENALTY = 10;

    private final Vocabulary vocabulary;
    private final double[] scores;
    private final BitSet excluded;
    private final double unknownScore;
    private final OptionalInt unknownId;
    private final boolean byteFallback;
    private final boolean singlePrecision;
    private final TokenTrie trie;
    private final PieceCache cache = new PieceCache();

    /**
     * As the {@code tokenizers} library reads it: every token takes part.
     *
     * @param tokens the tokens; the index is the id, of equal ones the last counts
     * @param scores the logarithm of each token's probability
     * @param unknownId absent: a text with an unknown character is refused
     * @param byteFallback unknown characters become the tokens of their bytes
     */
    public UnigramModel(List<String> tokens, double[] scores, OptionalInt unknownId, boolean byteFallback) {
        this(new Vocabulary(tokens), scores, new BitSet(), Arrays.stream(scores).min().orElse(Double.POSITIVE_INFINITY),
                unknownId, byteFallback, false);
    }

    /**
     * @param vocabulary tokens by ids from 0 without gaps
     * @param scores the logarithm of each token's probability
     * @param excluded ids of tokens that no text becomes
     * @param lowest the lowest score that counts
     * @param unknownId absent: a text with an unknown character is refused
     * @param byteFallback unknown characters become the tokens of their bytes
     * @param singlePrecision sums are rounded to 32 bits, as SentencePiece does
     */
    public UnigramModel(Vocabulary vocabulary, double[] scores, BitSet excluded, double lowest, OptionalInt unknownId,
            boolean byteFallback, boolean singlePrecision) {
        this.vocabulary = vocabulary;
        this.scores = scores;
        this.excluded = excluded;
        this.unknownId = unknownId;
        this.byteFallback = byteFallback;
        this.singlePrecision = singlePrecision;
        unknownScore = lowest - UNKNOWN_PENALTY;
        trie = new TokenTrie(vocabulary.size() * 2);
        vocabulary.forEach((token, id) -> {
            if (!token.isEmpty() && !excluded.get(id)) {
                trie.put(token, id);
            }
        });
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    @Override
    public List<Token> tokenize(String piece) {
        return cache.get(piece, this::cut);
    }

    private List<Token> cut(String piece) {
        List<Token> tokens = new ArrayList<>();
        for (int[] part : bestPath(piece)) {
            String value = piece.substring(part[0], part[1]);
            int id = vocabulary.id(value);
            if (id >= 0 && !excluded.get(id)) {
                tokens.add(new Token(id, value, part[0], part[1]));
            } else if (!byteFallback || !addBytes(tokens, value, part)) {
                tokens.add(new Token(unknown(value), value, part[0], part[1]));
            }
        }
        return tokens;
    }

    private boolean addBytes(List<Token> tokens, String value, int[] part) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        for (byte b : bytes) {
            if (vocabulary.byteId(b & 0xff) < 0) {
                return false;
            }
        }
        for (byte b : bytes) {
            tokens.add(new Token(vocabulary.byteId(b & 0xff), Vocabulary.byteToken(b & 0xff), part[0], part[1]));
        }
        return true;
    }

    private int unknown(String value) {
        return unknownId.orElseThrow(() -> new TransomException("unigram model: without unk_id every character must be in "
                + "the vocabulary; " + Quoted.of(value) + " is not."));
    }

    /** The parts of the best cut, each as start and end; neighbouring unknown ones are joined. */
    private List<int[]> bestPath(String piece) {
        int length = piece.length();
        double[] best = new double[length + 1];
        int[] from = new int[length + 1];
        int[] ids = new int[length + 1];
        Arrays.fill(from, -1);
        for (int start = 0; start < length; ) {
            int next = start + Character.charCount(piece.codePointAt(start));
            if (!extend(piece, start, next, best, from, ids) && (from[next] < 0 || unknownScore + best[start] > best[next])) {
                best[next] = rounded(unknownScore + best[start]);
                from[next] = start;
                ids[next] = unknown(piece.substring(start, next));
            }
            start = next;
        }
        return backtrack(length, from, ids);
    }

    /** Tries every token that starts here; says whether one of them is just the next code point. */
    private boolean extend(String piece, int start, int next, double[] best, int[] from, int[] ids) {
        boolean single = false;
        int node = TokenTrie.ROOT;
        for (int i = start; i < piece.length(); i++) {
            node = trie.child(node, piece.charAt(i));
            if (node < 0) {
                break;
            }
            int id = trie.value(node);
            if (id < 0) {
                continue;
            }
            int end = i + 1;
            double score = scores[id] + best[start];
            if (from[end] < 0 || score > best[end]) {
                best[end] = rounded(score);
                from[end] = start;
                ids[end] = id;
            }
            single |= end == next;
        }
        return single;
    }

    private double rounded(double sum) {
        return singlePrecision ? (float) sum : sum;
    }

    private List<int[]> backtrack(int length, int[] from, int[] ids) {
        List<int[]> parts = new ArrayList<>();
        boolean joining = false;
        for (int end = length; end > 0; end = from[end]) {
            boolean isUnknown = unknownId.isPresent() && ids[end] == unknownId.getAsInt();
            if (isUnknown && joining) {
                parts.getLast()[0] = from[end];
            } else {
                parts.add(new int[] {from[end], end});
            }
            joining = isUnknown;
        }
        Collections.reverse(parts);
        return parts;
    }
}
