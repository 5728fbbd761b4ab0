package dev.transom.tokenizers.internal.sentencepiece;

import dev.transom.api.TransomException;
import dev.transom.tokenizers.internal.text.IntList;
import dev.transom.tokenizers.internal.text.Quoted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a SentencePiece {@code .model} file says. Source: sentencepiece, {@code sentencepiece_model.proto}.
 */
final class SentencePieceFile {

    static final int NORMAL = 1;
    static final int UNKNOWN = 2;
    static final int CONTROL = 3;
    static final int USER_DEFINED = 4;
    static final int UNUSED = 5;
    static final int BYTE = 6;

    static final int UNIGRAM = 1;
    static final int BPE = 2;

    private final String where;
    final List<String> pieces = new ArrayList<>();
    private final IntList kinds = new IntList(1024);
    float[] scores = new float[1024];
    int modelType = UNIGRAM;
    boolean spaceAsSuffix;
    boolean byteFallback;
    String unknownSurface = " \u2047 ";
    int unknownId = -1;
    /** Begin, end, pad; -1 for none. */
    final int[] roles = {1, 2, -1};
    byte[] rules = {};
    boolean addDummyPrefix = true;
    boolean removeExtraSpaces = true;
    boolean escapeSpaces = true;

    SentencePieceFile(String where, byte[] content) {
        this.where = where;
        ProtoReader file = new ProtoReader(where, content);
        while (file.next()) {
            switch (file.field()) {
                case 1 -> piece(file.message());
                case 2 -> trainer(file.message());
                case 3 -> normalizer(file.message());
                default -> file.skip();
            }
        }
        check();
    }

    int kind(int id) {
        return kinds.get(id);
    }

    private void piece(ProtoReader piece) {
        String text = "";
        float score = 0;
        int kind = NORMAL;
        while (piece.next()) {
            switch (piece.field()) {
                case 1 -> text = piece.text();
                case 2 -> score = piece.real();
                case 3 -> kind = piece.integer();
                default -> piece.skip();
            }
        }
        int id = pieces.size();
        if (text.isEmpty() || !Float.isFinite(score) || kind < NORMAL || kind > BYTE) {
            throw new TransomException(where + ": a piece must have a text, a finite score and a type from 1 to 6; piece " + id + " has "
                    + Quoted.of(text) + ", " + score + ", " + kind + ". Download the file again.");
        }
        pieces.add(text);
        kinds.add(kind);
        if (id == scores.length) {
            scores = Arrays.copyOf(scores, id * 2);
        }
        scores[id] = score;
    }

    private void trainer(ProtoReader trainer) {
        while (trainer.next()) {
            switch (trainer.field()) {
                case 3 -> modelType = trainer.integer();
                case 24 -> spaceAsSuffix = trainer.flag();
                case 35 -> byteFallback = trainer.flag();
                case 41 -> roles[0] = trainer.integer();
                case 42 -> roles[1] = trainer.integer();
                case 43 -> roles[2] = trainer.integer();
                case 44 -> unknownSurface = trainer.text();
                default -> trainer.skip();
            }
        }
    }

    private void normalizer(ProtoReader normalizer) {
        while (normalizer.next()) {
            switch (normalizer.field()) {
                case 2 -> rules = normalizer.bytes();
                case 3 -> addDummyPrefix = normalizer.flag();
                case 4 -> removeExtraSpaces = normalizer.flag();
                case 5 -> escapeSpaces = normalizer.flag();
                default -> normalizer.skip();
            }
        }
    }

    private void check() {
        if (modelType != UNIGRAM && modelType != BPE) {
            throw new TransomException(where + ": the type of a SentencePiece model must be unigram (1) or bpe (2); got " + modelType
                    + ". Add the model's tokenizer.json.");
        }
        Set<String> seen = HashSet.newHashSet(pieces.size());
        for (int id = 0; id < pieces.size(); id++) {
            if (!seen.add(pieces.get(id))) {
                throw new TransomException(where + ": every piece must be there once; " + Quoted.of(pieces.get(id))
                        + " comes again as piece " + id + ". Download the file again.");
            }
            if (kind(id) == UNKNOWN) {
                if (unknownId >= 0) {
                    throw new TransomException(where + ": one piece must be the unknown one; pieces " + unknownId + " and " + id
                            + " are. Download the file again.");
                }
                unknownId = id;
            }
        }
        if (unknownId < 0) {
            throw new TransomException(where + ": one piece must be the unknown one; none of " + pieces.size()
                    + " is. Download the file again, or add the model's tokenizer.json.");
        }
    }
}
