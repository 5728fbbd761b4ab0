package dev.transom.tokenizers.internal.pretokenizer;

import dev.transom.tokenizers.internal.text.NormalizedText;
import dev.transom.tokenizers.internal.text.PreTokenizedText;
import dev.transom.tokenizers.internal.text.SplitBehavior;
import dev.transom.tokenizers.internal.text.TextPattern;
import java.util.List;

/** SentencePiece's: writes spaces as a visible character and splits before each. */
public final class Metaspace implements PreTokenizer {

    /** When the visible space is put before the text. */
    public enum Prepend {
        /** Before every piece, also one between added tokens. */
        ALWAYS,
        /** Before the start of the text only. */
        FIRST,
        /** Not at all. */
        NEVER
    }

    private final String space;
    private final Prepend prepend;
    private final boolean splits;
    private final TextPattern atSpace;

    /**
     * @param space the code point that stands for a space
     * @param prepend when it is put before the text
     * @param splits whether the text is split before each
     */
    public Metaspace(int space, Prepend prepend, boolean splits) {
        this.space = Character.toString(space);
        this.prepend = prepend;
        this.splits = splits;
        atSpace = TextPattern.codePoints(c -> c == space);
    }

    @Override
    public void preTokenize(PreTokenizedText text) {
        text.split(this::split);
    }

    private List<NormalizedText> split(NormalizedText piece) {
        piece.replace(TextPattern.literal(" "), space);
        boolean wanted = prepend == Prepend.ALWAYS || prepend == Prepend.FIRST && piece.originalStart() == 0;
        if (wanted && !piece.text().startsWith(space)) {
            piece.prepend(space);
        }
        return splits ? piece.split(atSpace, SplitBehavior.MERGED_WITH_NEXT) : List.of(piece);
    }
}
