package dev.transom.chat.internal.jinja;

import dev.transom.chat.internal.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the tags of a template. */
final class Parser {

    private static final Set<String> ELSEWHERE = Set.of("extends", "include", "import", "from", "block", "call", "autoescape", "trans", "do");

    private final Tokens tokens;
    private final ExpressionParser expressions;
    private int loops;

    Parser(String template) {
        tokens = new Tokens(new Lexer(template).tokens());
        expressions = new ExpressionParser(tokens);
    }

    List<Statement> template() {
        List<Statement> body = body(Set.of());
        if (tokens.peek().kind() != Kind.END) {
            throw new JinjaException(tokens.peek().line(), "every tag must belong to an open one; " + tokens.ahead().shown() + " does not");
        }
        return body;
    }

    /** Statements up to a tag of one of these names, which stays. */
    private List<Statement> body(Set<String> ends) {
        tokens.enter();
        List<Statement> statements = new ArrayList<>();
        while (tokens.peek().kind() != Kind.END) {
            Token token = tokens.peek();
            if (token.kind() == Kind.BLOCK_START && (ends.contains(tokens.ahead().text()) || isEnd(tokens.ahead().text()))) {
                break;
            }
            tokens.next();
            switch (token.kind()) {
                case TEXT -> statements.add(new Statement.Text(token.text(), token.line()));
                case OUTPUT_START -> {
                    statements.add(new Statement.Output(expressions.tuple(), token.line()));
                    tokens.expect(Kind.OUTPUT_END, "}}");
                }
                default -> tag(statements);
            }
        }
        tokens.leave();
        return statements;
    }

    private static boolean isEnd(String name) {
        return name.startsWith("end") || name.equals("else") || name.equals("elif");
    }

    private void tag(List<Statement> statements) {
        int line = tokens.peek().line();
        String name = tokens.name("the name of a tag");
        switch (name) {
            case "if" -> statements.add(branches(line));
            case "for" -> statements.add(loop(line));
            case "set" -> statements.add(assignment(line));
            case "macro" -> statements.add(macro(line));
            case "with" -> statements.add(with(line));
            case "filter" -> statements.add(filter(line));
            // Marks what the assistant wrote, for training; here it is just its content.
            case "generation" -> {
                close();
                statements.addAll(body(Set.of("endgeneration")));
                end("endgeneration", line, name);
            }
            case "break", "continue" -> {
                if (loops == 0) {
                    throw new JinjaException(line, name + " must stand inside a loop; it does not");
                }
                close();
                statements.add(name.equals("break") ? new Statement.Break(line) : new Statement.Continue(line));
            }
            default -> throw new JinjaException(line, ELSEWHERE.contains(name)
                    ? "a chat template must do without the tag " + name + ", which is not supported here"
                    : "a tag must be one that is known here; got " + name);
        }
    }

    private void close() {
        tokens.expect(Kind.BLOCK_END, "%}");
    }

    private void end(String wanted, int line, String name) {
        if (tokens.peek().kind() != Kind.BLOCK_START || !tokens.ahead().isName(wanted)) {
            throw new JinjaException(line, "the tag " + name + " must end with " + wanted + "; it does not");
        }
        tokens.next();
        tokens.next();
        if (wanted.equals("endmacro") && tokens.peek().kind() == Kind.NAME) {
            tokens.next();
        }
        close();
    }

    private boolean goesOnWith(String name) {
        boolean there = tokens.peek().kind() == Kind.BLOCK_START && tokens.ahead().isName(name);
        if (there) {
            tokens.next();
            tokens.next();
        }
        return there;
    }

    private Statement branches(int line) {
        List<Statement.Branch> branches = new ArrayList<>();
        Set<String> ends = Set.of("elif", "else", "endif");
        do {
            Expression condition = expressions.tuple();
            close();
            branches.add(new Statement.Branch(condition, body(ends)));
        } while (goesOnWith("elif"));
        List<Statement> otherwise = List.of();
        if (goesOnWith("else")) {
            close();
            otherwise = body(Set.of("endif"));
        }
        end("endif", line, "if");
        return new Statement.If(branches, otherwise, line);
    }

    private Statement loop(int line) {
        List<String> targets = targets();
        tokens.expectName("in");
        Expression iterable = expressions.or();
        Optional<Expression> condition = tokens.takesName("if") ? Optional.of(expressions.expression()) : Optional.empty();
        if (tokens.peek().isName("recursive")) {
            throw new JinjaException(line, "a chat template must do without recursive loops, which are not supported here");
        }
        close();
        loops++;
        List<Statement> body = body(Set.of("else", "endfor"));
        loops--;
        List<Statement> otherwise = List.of();
        if (goesOnWith("else")) {
            close();
            otherwise = body(Set.of("endfor"));
        }
        end("endfor", line, "for");
        return new Statement.For(targets, iterable, condition, body, otherwise, line);
    }

    private List<String> targets() {
        boolean parenthesised = tokens.takes("(");
        List<String> targets = new ArrayList<>(List.of(tokens.name("the name of a variable")));
        while (tokens.takes(",")) {
            targets.add(tokens.name("the name of a variable"));
        }
        if (parenthesised) {
            tokens.expect(")");
        }
        return targets;
    }

    private Statement assignment(int line) {
        if (tokens.peek().kind() == Kind.NAME && tokens.ahead().is(".")) {
            String namespace = tokens.next().text();
            tokens.next();
            String attribute = tokens.name("the name of an attribute");
            tokens.expect("=");
            Expression value = expressions.tuple();
            close();
            return new Statement.SetAttribute(namespace, attribute, value, line);
        }
        List<String> targets = targets();
        if (tokens.takes("=")) {
            Expression value = expressions.tuple();
            close();
            return new Statement.Set(targets, value, line);
        }
        String target = targets.getFirst();
        Optional<Expression> filtered = Optional.empty();
        while (tokens.takes("|")) {
            filtered = Optional.of(expressions.filter(filtered.orElse(new Expression.Name(target, line)), line));
        }
        close();
        List<Statement> body = body(Set.of("endset"));
        end("endset", line, "set");
        return new Statement.SetBlock(target, body, filtered, line);
    }

    private Statement filter(int line) {
        // No name of a template can be empty, so this one is free.
        String variable = "";
        Expression filtered = new Expression.Name(variable, line);
        do {
            filtered = expressions.filter(filtered, line);
        } while (tokens.takes("|"));
        close();
        List<Statement> body = body(Set.of("endfilter"));
        end("endfilter", line, "filter");
        return new Statement.FilterBlock(body, variable, filtered, line);
    }

    private Statement macro(int line) {
        String name = tokens.name("the name of a macro");
        tokens.expect("(");
        Map<String, Statement.Parameter> parameters = new LinkedHashMap<>();
        while (!tokens.takes(")")) {
            String parameter = tokens.name("the name of a parameter");
            Optional<Expression> otherwise = tokens.takes("=") ? Optional.of(expressions.expression()) : Optional.empty();
            parameters.put(parameter, new Statement.Parameter(parameter, otherwise));
            if (!tokens.peek().is(")")) {
                tokens.expect(",");
            }
        }
        close();
        int outer = loops;
        loops = 0;
        List<Statement> body = body(Set.of("endmacro"));
        loops = outer;
        end("endmacro", line, "macro");
        return new Statement.MacroDefinition(name, List.copyOf(parameters.values()), body, line);
    }

    private Statement with(int line) {
        List<Statement.Set> assignments = new ArrayList<>();
        while (tokens.peek().kind() == Kind.NAME) {
            List<String> target = List.of(tokens.next().text());
            tokens.expect("=");
            assignments.add(new Statement.Set(target, expressions.expression(), line));
            if (!tokens.takes(",")) {
                break;
            }
        }
        close();
        List<Statement> body = body(Set.of("endwith"));
        end("endwith", line, "with");
        return new Statement.With(assignments, body, line);
    }
}
