package dev.transom.tokenizers.internal.pretokenizer;

import dev.transom.tokenizers.internal.text.CharacterClass;
import dev.transom.tokenizers.internal.text.PreTokenizedText;
import dev.transom.tokenizers.internal.text.SplitBehavior;
import dev.transom.tokenizers.internal.text.TextPattern;
import java.util.List;

/** Cuts a text into the pieces that the model sees one by one. */
@FunctionalInterface
public interface PreTokenizer {

    /** Cuts the pieces that have no tokens yet. */
    void preTokenize(PreTokenizedText text);

    /** Several in order. */
    static PreTokenizer sequence(List<PreTokenizer> steps) {
        return text -> steps.forEach(step -> step.preTokenize(text));
    }

    /** Splits at a pattern. */
    static PreTokenizer split(TextPattern pattern, SplitBehavior behavior) {
        return text -> text.split(piece -> piece.split(pattern, behavior));
    }

    /** Runs of word characters and runs of other visible characters; white space goes. */
    static PreTokenizer whitespace() {
        return split(new WordRuns().inverted(), SplitBehavior.REMOVED);
    }

    /** Splits at white space, which goes. */
    static PreTokenizer whitespaceSplit() {
        return split(TextPattern.codePoints(CharacterClass::isWhitespace), SplitBehavior.REMOVED);
    }

    /** BERT's: white space goes, each punctuation character stands alone. */
    static PreTokenizer bert() {
        return sequence(List.of(whitespaceSplit(), punctuation(SplitBehavior.ISOLATED)));
    }

    /** Splits at punctuation. */
    static PreTokenizer punctuation(SplitBehavior behavior) {
        return split(TextPattern.codePoints(CharacterClass::isPunctuation), behavior);
    }

    /** Parts numbers from the rest, digit by digit or run by run. */
    static PreTokenizer digits(boolean individual) {
        return split(TextPattern.codePoints(CharacterClass::isNumber),
                individual ? SplitBehavior.ISOLATED : SplitBehavior.CONTIGUOUS);
    }
}
