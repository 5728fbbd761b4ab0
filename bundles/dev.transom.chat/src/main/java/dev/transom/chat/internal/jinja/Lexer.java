package dev.transom.chat.internal.jinja;

import dev.transom.chat.internal.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a template into tokens, with {@code trim_blocks} and {@code lstrip_blocks} as transformers sets them. Source: Jinja's
 * documentation, "Whitespace Control".
 */
final class Lexer {

    private static final Pattern TAG = Pattern.compile("\\{[{%#]");
    private static final Pattern END_RAW = Pattern.compile("\\{%[-+]?\\s*endraw\\s*([-+]?)%\\}");
    private static final Pattern RAW = Pattern.compile("\\{%[-+]?\\s*raw\\s*([-+]?)%\\}");
    private static final Pattern NUMBER = Pattern.compile("\\d[\\d_]*(\\.\\d+)?([eE][-+]?\\d+)?");
    private static final String[] OPERATORS = {"**", "//", "==", "!=", "<=", ">=", "+", "-", "*", "/", "%", "~", "<", ">", "=",
        "(", ")", "[", "]", "{", "}", ".", ",", ":", "|", ";"};

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private int counted;
    /** Whether what comes next stands at the start of a line. */
    private boolean lineStarts = true;

    Lexer(String template) {
        String unified = template.replace("\r\n", "\n").replace('\r', '\n');
        source = unified.endsWith("\n") ? unified.substring(0, unified.length() - 1) : unified;
    }

    List<Token> tokens() {
        Matcher tags = TAG.matcher(source);
        while (at < source.length()) {
            if (!tags.find(at)) {
                text(source.substring(at));
                at = source.length();
                break;
            }
            tag(tags.start());
        }
        tokens.add(new Token(Kind.END, "", lineAt(source.length())));
        return tokens;
    }

    private int lineAt(int position) {
        for (; counted < position; counted++) {
            line += source.charAt(counted) == '\n' ? 1 : 0;
        }
        return line;
    }

    private void text(String text) {
        if (!text.isEmpty()) {
            tokens.add(new Token(Kind.TEXT, text, lineAt(at)));
        }
    }

    private void tag(int start) {
        char kind = source.charAt(start + 1);
        char sign = start + 2 < source.length() ? source.charAt(start + 2) : ' ';
        String before = source.substring(at, start);
        if (sign == '-') {
            before = stripTrailing(before);
        } else if (sign != '+' && kind != '{') {
            before = withoutIndent(before);
        }
        text(before);
        int open = lineAt(start);
        at = start + (sign == '-' || sign == '+' ? 3 : 2);
        switch (kind) {
            case '#' -> comment(open);
            case '%' -> {
                Matcher raw = RAW.matcher(source).region(start, source.length());
                if (raw.lookingAt()) {
                    raw(raw, open);
                } else {
                    code(Kind.BLOCK_START, Kind.BLOCK_END, "%}", open);
                }
            }
            default -> code(Kind.OUTPUT_START, Kind.OUTPUT_END, "}}", open);
        }
    }

    private static String stripTrailing(String text) {
        int end = text.length();
        while (end > 0 && Values.isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    /** The text without the white space of the line on which a block starts, if there is nothing else on it. */
    private String withoutIndent(String text) {
        int lineStart = text.lastIndexOf('\n') + 1;
        boolean onlySpace = text.substring(lineStart).chars().allMatch(Values::isSpace);
        return onlySpace && (lineStart > 0 || lineStarts) ? text.substring(0, lineStart) : text;
    }

    private void comment(int open) {
        int end = source.indexOf("#}", at);
        if (end < 0) {
            throw new JinjaException(open, "a comment must end with #}; it does not");
        }
        char sign = end > at ? source.charAt(end - 1) : ' ';
        at = end + 2;
        afterBlock(sign);
    }

    private void raw(Matcher raw, int open) {
        int start = raw.end();
        Matcher end = END_RAW.matcher(source);
        if (!end.find(start)) {
            throw new JinjaException(open, "{% raw %} must end with {% endraw %}; it does not");
        }
        at = start;
        afterBlock(raw.group(1).isEmpty() ? ' ' : raw.group(1).charAt(0));
        if (at <= end.start()) {
            String content = source.substring(at, end.start());
            text(source.charAt(end.start() + 2) == '-' ? stripTrailing(content) : content);
        }
        at = end.end();
        afterBlock(end.group(1).isEmpty() ? ' ' : end.group(1).charAt(0));
    }

    /** Drops the white space that the end of a block takes with it. */
    private void afterBlock(char sign) {
        if (sign == '-') {
            skipSpace();
        } else if (sign != '+' && at < source.length() && source.charAt(at) == '\n') {
            at++;
        }
        lineStarts = at > 0 && source.charAt(at - 1) == '\n';
    }

    private void skipSpace() {
        while (at < source.length() && Values.isSpace(source.charAt(at))) {
            at++;
        }
    }

    private void code(Kind start, Kind end, String closing, int open) {
        tokens.add(new Token(start, "", open));
        int depth = 0;
        while (true) {
            skipSpace();
            if (at >= source.length()) {
                throw new JinjaException(open, "a tag must end with " + closing + "; it does not");
            }
            char c = source.charAt(at);
            boolean signed = (c == '-' || c == '+') && source.startsWith(closing, at + 1);
            if (depth == 0 && (signed || source.startsWith(closing, at))) {
                tokens.add(new Token(end, "", lineAt(at)));
                at += signed ? 3 : 2;
                if (end == Kind.BLOCK_END) {
                    afterBlock(signed ? c : ' ');
                } else {
                    if (signed && c == '-') {
                        skipSpace();
                    }
                    lineStarts = source.charAt(at - 1) == '\n';
                }
                return;
            }
            depth += c == '{' || c == '(' || c == '[' ? 1 : c == '}' || c == ')' || c == ']' ? -1 : 0;
            token(c);
        }
    }

    private void token(char c) {
        int start = at;
        if (c == '"' || c == '\'') {
            string(c);
        } else if (c >= '0' && c <= '9') {
            Matcher number = NUMBER.matcher(source).region(at, source.length());
            number.lookingAt();
            at = number.end();
            boolean real = number.group(1) != null || number.group(2) != null;
            tokens.add(new Token(real ? Kind.REAL : Kind.INTEGER, number.group().replace("_", ""), lineAt(start)));
        } else if (Character.isJavaIdentifierStart(c) && c != '$') {
            while (at < source.length() && Character.isJavaIdentifierPart(source.charAt(at)) && source.charAt(at) != '$') {
                at++;
            }
            tokens.add(new Token(Kind.NAME, source.substring(start, at), lineAt(start)));
        } else {
            for (String operator : OPERATORS) {
                if (source.startsWith(operator, at)) {
                    at += operator.length();
                    tokens.add(new Token(Kind.OPERATOR, operator, lineAt(start)));
                    return;
                }
            }
            throw new JinjaException(lineAt(at), "an expression must not hold the character " + Values.quoted(String.valueOf(c)));
        }
    }

    private void string(char quote) {
        int start = at++;
        StringBuilder content = new StringBuilder();
        while (at < source.length() && source.charAt(at) != quote) {
            char c = source.charAt(at++);
            if (c != '\\' || at == source.length()) {
                content.append(c);
                continue;
            }
            char escaped = source.charAt(at++);
            switch (escaped) {
                case 'n' -> content.append('\n');
                case 't' -> content.append('\t');
                case 'r' -> content.append('\r');
                case 'b' -> content.append('\b');
                case 'f' -> content.append('\f');
                case '0' -> content.append('\0');
                case '\\', '\'', '"' -> content.append(escaped);
                case '\n' -> { }
                case 'x' -> code(content, 2);
                case 'u' -> code(content, 4);
                case 'U' -> code(content, 8);
                default -> content.append('\\').append(escaped);
            }
        }
        if (at >= source.length()) {
            throw new JinjaException(lineAt(start), "a text must end with " + quote + "; it does not");
        }
        at++;
        tokens.add(new Token(Kind.STRING, content.toString(), lineAt(start)));
    }

    private void code(StringBuilder content, int digits) {
        String hex = source.substring(at, Math.min(at + digits, source.length()));
        int codePoint = hex.matches("[0-9a-fA-F]{" + digits + "}") ? Integer.parseUnsignedInt(hex, 16) : -1;
        if (!Character.isValidCodePoint(codePoint)) {
            throw new JinjaException(lineAt(at), "an escape must have " + digits + " hexadecimal digits of a character");
        }
        content.appendCodePoint(codePoint);
        at += digits;
    }
}
