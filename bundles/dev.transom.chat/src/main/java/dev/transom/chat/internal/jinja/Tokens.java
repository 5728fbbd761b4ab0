package dev.transom.chat.internal.jinja;

import dev.transom.chat.internal.jinja.Token.Kind;
import java.util.List;

/** A place in the tokens of a template. */
final class Tokens {

    /** How deep tags, parentheses and operators may nest. */
    private static final int DEPTH = 100;

    private final List<Token> tokens;
    private int at;
    private int depth;

    Tokens(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token ahead() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(at);
        at += token.kind() == Kind.END ? 0 : 1;
        return token;
    }

    boolean takes(String operator) {
        boolean there = peek().is(operator);
        at += there ? 1 : 0;
        return there;
    }

    boolean takesName(String name) {
        boolean there = peek().isName(name);
        at += there ? 1 : 0;
        return there;
    }

    void expect(String operator) {
        if (!takes(operator)) {
            throw refusal(operator);
        }
    }

    void expectName(String name) {
        if (!takesName(name)) {
            throw refusal(name);
        }
    }

    void expect(Kind kind, String shown) {
        if (next().kind() != kind) {
            at--;
            throw refusal(shown);
        }
    }

    String name(String what) {
        if (peek().kind() != Kind.NAME) {
            throw refusal(what);
        }
        return next().text();
    }

    JinjaException refusal(String wanted) {
        return new JinjaException(peek().line(), "there must be " + wanted + "; there is " + peek().shown());
    }

    void enter() {
        if (++depth > DEPTH) {
            throw new JinjaException(peek().line(), "tags and expressions must not nest deeper than " + DEPTH + "; they do");
        }
    }

    void leave() {
        depth--;
    }
}
