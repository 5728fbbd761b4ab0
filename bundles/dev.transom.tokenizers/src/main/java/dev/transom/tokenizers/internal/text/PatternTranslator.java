package dev.transom.tokenizers.internal.text;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Rewrites a regular expression of Oniguruma (Ruby syntax, which tokenizer.json carries) for Java.
 *
 * <p>What differs: {@code \s \w \d \h} and POSIX brackets are Unicode classes, {@code .} excludes the line feed only,
 * {@code ^ $} are line anchors, {@code (?m)} means that a dot matches all, {@code {n}+} repeats instead of being
 * possessive, {@code {,n}} starts at 0, case folding is Unicode's.
 */
final class PatternTranslator {

    private static final long MOST_REPETITIONS = 1_000_000;

    private final String source;
    private final StringBuilder target = new StringBuilder();
    private final Deque<Options> enclosing = new ArrayDeque<>();
    private Options options = new Options(false, false);
    private int at;
    /** The product of all repetition counts so far. */
    private long repetitions = 1;
    /** Where in the target the element starts that a repetition would repeat, and the same of the open groups. */
    private int atomStart;
    private final Deque<Integer> groupStarts = new ArrayDeque<>();

    /** The options in force: free spacing, and a dot that also matches the line feed. */
    private record Options(boolean extended, boolean dotAll) {}

    private PatternTranslator(String source) {
        this.source = source;
    }

    /**
     * The same expression for {@code java.util.regex.Pattern} without flags.
     *
     * @throws IllegalArgumentException if a construct has no counterpart; the message names it
     */
    static String translate(String source) {
        PatternTranslator translator = new PatternTranslator(source);
        while (translator.at < source.length()) {
            translator.element();
        }
        String target = translator.target.toString();
        // Java looks behind by code points only if the expression itself has one beyond the BMP.
        return target.contains("(?<") ? "(?:" + target + ")|(?!)" + Character.toString(0x10000) : target;
    }

    private void element() {
        char c = source.charAt(at);
        if (options.extended && (Character.isWhitespace(c) || c == '#')) {
            skipExtended(c);
            return;
        }
        if ("{*+?)".indexOf(c) < 0) {
            atomStart = target.length();
        }
        switch (c) {
            case '\\' -> escape(false);
            case '[' -> bracket();
            case '(' -> group();
            case ')' -> {
                atomStart = groupStarts.isEmpty() ? 0 : groupStarts.pop();
                options = enclosing.isEmpty() ? options : enclosing.pop();
                copy(1);
            }
            case '.' -> replace(1, options.dotAll ? "[\\x{0}-\\x{10ffff}]" : "[^\\n]");
            case '^' -> replace(1, "(?:\\A|(?<=\\n)(?!\\z))");
            case '$' -> replace(1, "(?=\\n|\\z)");
            case '{' -> interval();
            default -> literal();
        }
    }

    private void literal() {
        int codePoint = source.codePointAt(at);
        copy(Character.charCount(codePoint));
    }

    private void skipExtended(char c) {
        at++;
        while (c == '#' && at < source.length() && source.charAt(at) != '\n') {
            at++;
        }
    }

    private void copy(int length) {
        target.append(source, at, at + length);
        at += length;
    }

    private void replace(int length, String replacement) {
        target.append(replacement);
        at += length;
    }

    /** A brace that is no repetition is a character of its own. */
    private void interval() {
        int end = at + 1;
        while (end < source.length() && (Character.isDigit(source.charAt(end)) || source.charAt(end) == ',')) {
            end++;
        }
        String inner = source.substring(at + 1, end);
        boolean closed = end < source.length() && source.charAt(end) == '}';
        if (!closed || !inner.matches("\\d+,?\\d*|,\\d+")) {
            replace(1, "\\{");
            return;
        }
        if (source.startsWith(")", at - 1)) {
            boundRepetitions(inner);
        }
        replace(end + 1 - at, "{" + (inner.startsWith(",") ? "0" + inner : inner) + "}");
        if (source.startsWith("+", at)) {
            target.insert(atomStart, "(?:").append(')');
        }
    }

    /** Nested repetitions of nothing would take forever without ever looking at the text. */
    private void boundRepetitions(String interval) {
        for (String count : interval.split(",")) {
            repetitions *= count.length() > 6 ? MOST_REPETITIONS : count.isEmpty() ? 1 : Math.max(1, Integer.parseInt(count));
            if (repetitions >= MOST_REPETITIONS) {
                throw new IllegalArgumentException("as many repetitions as {" + interval + "} makes");
            }
        }
    }

    private void group() {
        enclosing.push(options);
        groupStarts.push(atomStart);
        if (source.startsWith("(?#", at)) {
            enclosing.pop();
            groupStarts.pop();
            int end = source.indexOf(')', at);
            at = end < 0 ? source.length() : end + 1;
            return;
        }
        if (!source.startsWith("(?", at) || at + 2 >= source.length() || "=!<>:'".indexOf(source.charAt(at + 2)) >= 0) {
            copy(1);
            if (source.startsWith("?", at)) {
                int prefix = source.startsWith("?<=", at) || source.startsWith("?<!", at) ? 3 : 2;
                copy(Math.min(prefix, source.length() - at));
            }
            return;
        }
        changeOptions();
    }

    private void changeOptions() {
        int end = at + 2;
        while (end < source.length() && "imx-".indexOf(source.charAt(end)) >= 0) {
            end++;
        }
        if (end >= source.length() || source.charAt(end) != ':' && source.charAt(end) != ')') {
            throw new IllegalArgumentException(source.substring(at, Math.min(at + 4, source.length())));
        }
        String letters = source.substring(at + 2, end);
        int minus = letters.indexOf('-');
        String on = minus < 0 ? letters : letters.substring(0, minus);
        String off = minus < 0 ? "" : letters.substring(minus + 1);
        options = new Options((options.extended || on.contains("x")) && !off.contains("x"),
                (options.dotAll || on.contains("m")) && !off.contains("m"));
        String flags = (on.contains("i") ? "iu" : "") + (off.contains("i") ? "-iu" : "");
        boolean whole = source.charAt(end) == ')';
        if (whole) {
            // Such options last until the enclosing group ends, as in Java; the option group itself encloses nothing.
            enclosing.pop();
            groupStarts.pop();
        }
        replace(end + 1 - at, flags.isEmpty() ? whole ? "" : "(?:" : "(?" + flags + source.charAt(end));
    }

    /** A backslash and what belongs to it; inside brackets classes stand without brackets of their own. */
    private void escape(boolean inside) {
        if (at + 1 >= source.length()) {
            throw new IllegalArgumentException("\\ at the end");
        }
        char c = source.charAt(at + 1);
        switch (c) {
            case 's' -> replace(2, inside ? PatternClass.SPACE : "[" + PatternClass.SPACE + "]");
            case 'S' -> replace(2, "[^" + PatternClass.SPACE + "]");
            case 'w' -> replace(2, inside ? PatternClass.WORD : "[" + PatternClass.WORD_ALONE + "]");
            case 'W' -> replace(2, "[^" + (inside ? PatternClass.WORD : PatternClass.WORD_ALONE) + "]");
            case 'd' -> replace(2, "\\p{Nd}");
            case 'D' -> replace(2, "\\P{Nd}");
            case 'h' -> replace(2, inside ? PatternClass.HEX : "[" + PatternClass.HEX + "]");
            case 'H' -> replace(2, "[^" + PatternClass.HEX + "]");
            case 'p', 'P' -> property(c == 'P');
            case 'x' -> hexadecimal();
            case 'Z' -> replace(2, "(?=\\n?\\z)");
            case 'b', 'B' -> boundary(c, inside);
            case 'K', 'g', 'y', 'Y', 'O', 'N' -> throw new IllegalArgumentException("\\" + c);
            case 'u', 'A', 'z', 'G', 'R', 'X', 'k', 'n', 't', 'r', 'f', 'v', 'a', 'e' -> {
                if (c == 'v') {
                    replace(2, "\\x0b");
                } else {
                    copy(2);
                }
            }
            default -> quoted(c);
        }
    }

    private void boundary(char c, boolean inside) {
        if (inside) {
            replace(2, "\\x08");
            return;
        }
        String word = "[" + PatternClass.WORD_ALONE + "]";
        replace(2, c == 'b'
                ? "(?:(?<=" + word + ")(?!" + word + ")|(?<!" + word + ")(?=" + word + "))"
                : "(?:(?<=" + word + ")(?=" + word + ")|(?<!" + word + ")(?!" + word + "))");
    }

    private void quoted(char c) {
        if (Character.isDigit(c)) {
            copy(2);
            return;
        }
        at++;
        int codePoint = source.codePointAt(at);
        boolean plain = codePoint > 0x7f || Character.isLetter(codePoint);
        if (!plain) {
            target.append('\\');
        }
        copy(Character.charCount(codePoint));
    }

    private void hexadecimal() {
        int open = at + 2;
        if (open < source.length() && source.charAt(open) == '{') {
            int close = source.indexOf('}', open);
            if (close < 0) {
                throw new IllegalArgumentException("\\x{");
            }
            copy(close + 1 - at);
            return;
        }
        int end = open;
        while (end < source.length() && end < open + 2 && Character.digit(source.charAt(end), 16) >= 0) {
            end++;
        }
        replace(end - at, "\\x{" + (end == open ? "0" : source.substring(open, end)) + "}");
    }

    private void property(boolean negated) {
        int close = source.indexOf('}', at);
        if (!source.startsWith("{", at + 2) || close < 0) {
            throw new IllegalArgumentException("\\p without braces");
        }
        String name = source.substring(at + 3, close).strip();
        boolean inverted = name.startsWith("^");
        replace(close + 1 - at, PatternClass.property(inverted ? name.substring(1) : name, negated ^ inverted));
    }

    private void bracket() {
        copy(1);
        if (source.startsWith("^", at)) {
            copy(1);
        }
        if (source.startsWith("]", at)) {
            replace(1, "\\]");
        }
        while (at < source.length() && source.charAt(at) != ']') {
            bracketElement();
        }
        if (at >= source.length()) {
            throw new IllegalArgumentException("[ without ]");
        }
        copy(1);
    }

    private void bracketElement() {
        char c = source.charAt(at);
        if (source.startsWith("[:", at) && source.indexOf(":]", at) > 0) {
            posixBracket();
        } else if (c == '[') {
            bracket();
        } else if (c == '\\') {
            escape(true);
        } else if (source.startsWith("&&", at)) {
            copy(2);
        } else if (c == '&' || c == '^' || c == '#' || Character.isWhitespace(c)) {
            target.append('\\');
            copy(1);
        } else {
            literal();
        }
    }

    private void posixBracket() {
        int close = source.indexOf(":]", at);
        String name = source.substring(at + 2, close);
        boolean negated = name.startsWith("^");
        replace(close + 2 - at, PatternClass.posix(negated ? name.substring(1) : name, negated));
    }
}
