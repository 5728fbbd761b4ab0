package dev.transom.tokenizers.internal.model;

import dev.transom.api.TransomException;
import dev.transom.tokenizers.internal.text.Quoted;
import dev.transom.tokenizers.internal.text.Token;
import dev.transom.tokenizers.internal.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Byte-pair encoding (Sennrich et al., arXiv:1508.07909): starts from characters and merges the neighbouring pair of
 * the lowest rank until none is left, in O(n log n) for a piece of n characters.
 */
public final class BpeModel implements Model {

    private final Vocabulary vocabulary;
    private final BpeOptions options;
    private final int unknownId;
    private final PairTable ranks;
    /** The token that a merge of some rank makes. */
    private final int[] merged;
    private final PieceCache cache = new PieceCache();

    /**
     * @param where how error sentences call the model
     * @param merges left and right token of each merge, one after the other, by ascending rank
     */
    public BpeModel(String where, Vocabulary vocabulary, List<String> merges, BpeOptions options) {
        this(where, vocabulary, merges, options, false);
    }

    /** A model without the merges whose tokens the vocabulary lacks; GGUF files may carry such. */
    public static BpeModel ofKnownMerges(String where, Vocabulary vocabulary, List<String> merges, BpeOptions options) {
        return new BpeModel(where, vocabulary, merges, options, true);
    }

    private BpeModel(String where, Vocabulary vocabulary, List<String> merges, BpeOptions options, boolean skipsUnknown) {
        this.vocabulary = vocabulary;
        this.options = options;
        unknownId = options.unknown().map(vocabulary::id).orElse(-1);
        int count = merges.size() / 2;
        ranks = new PairTable(count);
        merged = new int[count];
        for (int rank = 0; rank < count; rank++) {
            String left = merges.get(2 * rank);
            String right = merges.get(2 * rank + 1);
            int prefix = options.continuingPrefix().length();
            if (right.length() < prefix) {
                throw new TransomException(where + ": the right side of a merge must carry the prefix "
                        + Quoted.of(options.continuingPrefix()) + "; merge " + rank + " has " + Quoted.of(right) + ".");
            }
            String both = prefix == 0 ? left.concat(right) : left + right.substring(prefix);
            int leftId = vocabulary.id(left);
            int rightId = vocabulary.id(right);
            int id = vocabulary.id(both);
            if (leftId >= 0 && rightId >= 0 && id >= 0) {
                merged[rank] = id;
                ranks.put(leftId, rightId, rank);
            } else if (!skipsUnknown) {
                throw unknown(where, id < 0 ? both : leftId < 0 ? left : right, rank);
            }
        }
    }

    private static TransomException unknown(String where, String token, int rank) {
        return new TransomException(where + ": every merge must join and make tokens of the vocabulary; merge " + rank
                + " needs " + Quoted.of(token) + ", which is not there.");
    }

    @Override
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    @Override
    public List<Token> tokenize(String piece) {
        if (options.ignoreMerges()) {
            int id = vocabulary.id(piece);
            if (id >= 0) {
                return List.of(new Token(id, piece, 0, piece.length()));
            }
        }
        return cache.get(piece, this::merge);
    }

    private List<Token> merge(String piece) {
        BpeWord word = new BpeWord(piece.length());
        int unknownBytes = 0;
        for (int i = 0; i < piece.length(); ) {
            int codePoint = piece.codePointAt(i);
            int next = i + Character.charCount(codePoint);
            String symbol = symbol(piece, i, next);
            int id = vocabulary.id(symbol);
            if (id >= 0) {
                unknownBytes = flush(word, unknownBytes);
                word.add(id, Utf8.length(codePoint));
            } else if (!options.byteFallback() || !addBytes(word, symbol)) {
                unknownBytes = options.fuseUnknown() ? unknownBytes : flush(word, unknownBytes);
                unknownBytes += unknown(codePoint);
            }
            i = next;
        }
        flush(word, unknownBytes);
        word.merge(ranks, merged);
        return word.tokens(piece, vocabulary);
    }

    private String symbol(String piece, int start, int end) {
        String symbol = piece.substring(start, end);
        if (start > 0) {
            symbol = options.continuingPrefix() + symbol;
        }
        return end == piece.length() ? symbol + options.endSuffix() : symbol;
    }

    /** Ends a run of unknown characters; bytes of a fallback in between do not end it, as in the library. */
    private int flush(BpeWord word, int unknownBytes) {
        if (unknownBytes > 0) {
            word.add(unknownId, unknownBytes);
        }
        return 0;
    }

    private int unknown(int codePoint) {
        if (options.unknown().isEmpty()) {
            return 0;
        }
        if (unknownId < 0) {
            throw new TransomException("byte-pair model: the unknown token must be in the vocabulary; "
                    + Quoted.of(options.unknown().get()) + " is not.");
        }
        return Utf8.length(codePoint);
    }

    private boolean addBytes(BpeWord word, String symbol) {
        byte[] bytes = symbol.getBytes(StandardCharsets.UTF_8);
        for (byte b : bytes) {
            if (vocabulary.byteId(b & 0xff) < 0) {
                return false;
            }
        }
        for (byte b : bytes) {
            word.add(vocabulary.byteId(b & 0xff), 1);
        }
        return true;
    }
}
