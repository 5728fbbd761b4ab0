package dev.transom.tokenizers.internal.text;

import dev.transom.api.TransomException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression in Oniguruma's syntax. The expression comes from a file and the text from anywhere, so the
 * work is bounded: a match that looks at more characters than any sensible expression needs is refused.
 */
public final class RegexPattern implements TextPattern {

    /** Looks at a character that a text of length 0 may cost, and per character of the text. */
    private static final long BASE_COST = 1_000_000;
    private static final long COST_PER_CHARACTER = 2_000;

    private final String where;
    private final String source;
    private final Pattern pattern;

    /**
     * @param where how error sentences call the expression's place
     * @param source the expression
     */
    public RegexPattern(String where, String source) {
        this.where = where;
        this.source = source;
        try {
            pattern = Pattern.compile(PatternTranslator.translate(source));
        } catch (PatternSyntaxException e) {
            throw new TransomException(where + ": the regular expression must be well formed; " + quoted() + ": "
                    + e.getDescription() + ".", e);
        } catch (IllegalArgumentException e) {
            throw new TransomException(where + ": the regular expression must do without "
                    + Quoted.plain(e.getMessage()) + ", which has no counterpart here; got " + quoted() + ".", e);
        } catch (StackOverflowError e) {
            throw new TransomException(
                    where + ": the regular expression must not be nested so deeply; got " + quoted() + ".");
        }
    }

    private String quoted() {
        return Quoted.of(source);
    }

    @Override
    public List<Span> find(String text) {
        List<Span> spans = new ArrayList<>();
        Matcher matcher = pattern.matcher(new BoundedText(text, BASE_COST + COST_PER_CHARACTER * text.length()));
        try {
            int last = 0;
            int from = 0;
            int lastEnd = -1;
            while (from <= text.length() && matcher.find(from)) {
                if (matcher.start() == matcher.end() && matcher.end() == lastEnd) {
                    // An empty match right behind the last match does not count.
                    from += from < text.length() ? Character.charCount(text.codePointAt(from)) : 1;
                    continue;
                }
                if (last < matcher.start()) {
                    spans.add(new Span(last, matcher.start(), false));
                }
                spans.add(new Span(matcher.start(), matcher.end(), true));
                last = matcher.end();
                from = last;
                lastEnd = last;
            }
            if (last < text.length()) {
                spans.add(new Span(last, text.length(), false));
            }
            return spans;
        } catch (StackOverflowError | BoundedText.Exhausted e) {
            throw new TransomException(where + ": the regular expression must not backtrack without bound; " + quoted()
                    + " does on a text of " + text.length() + " characters. Shorten the text.");
        }
    }

    /** A text that counts how often it is looked at. */
    private static final class BoundedText implements CharSequence {

        /** Thrown inside a match when the budget is spent. */
        private static final class Exhausted extends RuntimeException {
            private static final long serialVersionUID = 1L;

            Exhausted() {
                super("the matching budget is spent", null, false, false);
            }
        }

        private final String text;
        private long budget;

        BoundedText(String text, long budget) {
            this.text = text;
            this.budget = budget;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (--budget < 0) {
                throw new Exhausted();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
