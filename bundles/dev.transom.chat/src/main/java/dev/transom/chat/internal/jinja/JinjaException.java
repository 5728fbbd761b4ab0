package dev.transom.chat.internal.jinja;

/** Something that a template does wrong, or its refusal of a conversation. */
public final class JinjaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int line;

    JinjaException(int line, String cause) {
        super(cause);
        this.line = line;
    }

    /** The line of the template, from 1. */
    public int line() {
        return line;
    }
}
