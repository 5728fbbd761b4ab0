package dev.transom.chat.internal.jinja;

/**
 * A piece of a template.
 *
 * @param kind what it is
 * @param text its text; of strings the content
 * @param line where it starts, from 1
 */
record Token(Kind kind, String text, int line) {

    enum Kind {
        TEXT,
        OUTPUT_START,
        OUTPUT_END,
        BLOCK_START,
        BLOCK_END,
        NAME,
        STRING,
        INTEGER,
        REAL,
        OPERATOR,
        END
    }

    boolean is(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    boolean isName(String name) {
        return kind == Kind.NAME && text.equals(name);
    }

    String shown() {
        return switch (kind) {
            case END -> "the end of the template";
            case TEXT -> "text";
            case OUTPUT_START -> "{{";
            case OUTPUT_END -> "}}";
            case BLOCK_START -> "{%";
            case BLOCK_END -> "%}";
            default -> text.length() > 40 ? text.substring(0, 40) + "…" : text;
        };
    }
}
