package dev.transom.tokenizers.internal.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** A text in pieces; a piece that already has tokens (an added token) is left alone by later steps. */
public final class PreTokenizedText {

    /**
     * A piece of the text.
     *
     * @param text the piece
     * @param tokens its tokens, empty as long as it has none
     */
    public record Piece(NormalizedText text, List<Token> tokens) {

        /** A piece that awaits the model. */
        public static Piece of(NormalizedText text) {
            return new Piece(text, List.of());
        }

        boolean isOpen() {
            return tokens.isEmpty();
        }
    }

    private List<Piece> pieces;

    /** The whole text as one piece. */
    public PreTokenizedText(NormalizedText text) {
        pieces = List.of(Piece.of(text));
    }

    /** Splits every piece without tokens; empty parts are dropped. */
    public void split(Function<NormalizedText, List<NormalizedText>> splitter) {
        splitPieces(text -> splitter.apply(text).stream().map(Piece::of).toList());
    }

    /** Splits every piece without tokens into parts that may have some; empty parts are dropped. */
    public void splitPieces(Function<NormalizedText, List<Piece>> splitter) {
        List<Piece> parts = new ArrayList<>(pieces.size());
        for (Piece piece : pieces) {
            if (!piece.isOpen()) {
                parts.add(piece);
                continue;
            }
            for (Piece part : splitter.apply(piece.text)) {
                if (!part.text.isEmpty()) {
                    parts.add(part);
                }
            }
        }
        pieces = parts;
    }

    /** Changes every piece without tokens in place. */
    public void normalize(Consumer<NormalizedText> normalizer) {
        for (Piece piece : pieces) {
            if (piece.isOpen()) {
                normalizer.accept(piece.text);
            }
        }
    }

    /** Gives tokens to every piece without. */
    public void tokenize(Function<String, List<Token>> model) {
        pieces = pieces.stream().map(p -> p.isOpen() ? new Piece(p.text, model.apply(p.text.text())) : p).toList();
    }

    /** The pieces in the text's order. */
    public List<Piece> pieces() {
        return pieces;
    }
}
