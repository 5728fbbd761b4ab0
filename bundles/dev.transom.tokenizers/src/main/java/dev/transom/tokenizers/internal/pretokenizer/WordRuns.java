package dev.transom.tokenizers.internal.pretokenizer;

import dev.transom.tokenizers.internal.text.CharacterClass;
import dev.transom.tokenizers.internal.text.Span;
import dev.transom.tokenizers.internal.text.TextPattern;
import java.util.ArrayList;
import java.util.List;

/** Matches {@code \w+|[^\w\s]+}. */
final class WordRuns implements TextPattern {

    private enum Kind {
        SPACE,
        WORD,
        OTHER;

        static Kind of(int codePoint) {
            return CharacterClass.isWord(codePoint) ? WORD : CharacterClass.isWhitespace(codePoint) ? SPACE : OTHER;
        }
    }

    @Override
    public List<Span> find(String text) {
        List<Span> spans = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            Kind kind = Kind.of(text.codePointAt(start));
            int end = start;
            while (end < text.length() && Kind.of(text.codePointAt(end)) == kind) {
                end += Character.charCount(text.codePointAt(end));
            }
            spans.add(new Span(start, end, kind != Kind.SPACE));
            start = end;
        }
        return spans;
    }
}
