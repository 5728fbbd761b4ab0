package dev.transom.tokenizers.internal.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Finds what a text is split at or where it is replaced. */
public interface TextPattern {

    /** The spans of the text in order, matching or not; they cover it without gaps. */
    List<Span> find(String text);

    /** Matches each single code point that the predicate accepts. */
    static TextPattern codePoints(IntPredicate accepts) {
        return text -> {
            List<Span> spans = new ArrayList<>();
            int last = 0;
            for (int i = 0; i < text.length(); ) {
                int codePoint = text.codePointAt(i);
                int next = i + Character.charCount(codePoint);
                if (accepts.test(codePoint)) {
                    if (last < i) {
                        spans.add(new Span(last, i, false));
                    }
                    spans.add(new Span(i, next, true));
                    last = next;
                }
                i = next;
            }
            if (last < text.length()) {
                spans.add(new Span(last, text.length(), false));
            }
            return spans;
        };
    }

    /** Matches every occurrence of a string that is not empty, from left to right without overlap. */
    static TextPattern literal(String wanted) {
        return text -> {
            List<Span> spans = new ArrayList<>();
            int last = 0;
            for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, last)) {
                if (last < at) {
                    spans.add(new Span(last, at, false));
                }
                last = at + wanted.length();
                spans.add(new Span(at, last, true));
            }
            if (last < text.length()) {
                spans.add(new Span(last, text.length(), false));
            }
            return spans;
        };
    }

    /** The same spans with match and mismatch exchanged. */
    default TextPattern inverted() {
        return text -> find(text).stream().map(s -> new Span(s.start(), s.end(), !s.match())).toList();
    }
}
