package dev.transom.tokenizers.internal.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What becomes of the matches of a split; examples split {@code the-final--countdown} at {@code -}. */
public enum SplitBehavior {
    /** {@code the final countdown}. */
    REMOVED {
        @Override
        List<Span> pieces(List<Span> spans) {
            return spans.stream().filter(s -> !s.match()).toList();
        }
    },
    /** {@code the - final - - countdown}. */
    ISOLATED {
        @Override
        List<Span> pieces(List<Span> spans) {
            return spans;
        }
    },
    /** {@code the- final- - countdown}. */
    MERGED_WITH_PREVIOUS {
        @Override
        List<Span> pieces(List<Span> spans) {
            return joined(spans, (match, before) -> match && !before);
        }
    },
    /** {@code the -final - -countdown}. */
    MERGED_WITH_NEXT {
        @Override
        List<Span> pieces(List<Span> spans) {
            List<Span> backwards = new ArrayList<>(spans);
            Collections.reverse(backwards);
            List<Span> pieces = joined(backwards, (match, before) -> match && !before);
            Collections.reverse(pieces);
            return pieces;
        }
    },
    /** {@code the - final -- countdown}. */
    CONTIGUOUS {
        @Override
        List<Span> pieces(List<Span> spans) {
            return joined(spans, (match, before) -> match == before);
        }
    };

    /** The pieces that remain, in order. */
    abstract List<Span> pieces(List<Span> spans);

    private interface Joins {
        boolean test(boolean match, boolean before);
    }

    private static List<Span> joined(List<Span> spans, Joins joins) {
        List<Span> pieces = new ArrayList<>();
        boolean before = false;
        for (Span span : spans) {
            if (joins.test(span.match(), before) && !pieces.isEmpty()) {
                Span last = pieces.removeLast();
                pieces.add(new Span(Math.min(last.start(), span.start()), Math.max(last.end(), span.end()), false));
            } else {
                pieces.add(new Span(span.start(), span.end(), false));
            }
            before = span.match();
        }
        return pieces;
    }
}
