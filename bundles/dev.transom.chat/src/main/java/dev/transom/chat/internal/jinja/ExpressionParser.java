package dev.transom.chat.internal.jinja;

import dev.transom.chat.internal.jinja.Expression.Arguments;
import dev.transom.chat.internal.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads expressions. From weak to strong: {@code if else}, {@code or}, {@code and}, {@code not}, comparisons, {@code + -},
 * {@code ~}, {@code * / // %}, {@code **}, sign, then {@code . [] () |} and {@code is}.
 */
final class ExpressionParser {

    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", ">", "<=", ">=");
    private static final Set<String> PRODUCTS = Set.of("*", "/", "//", "%");
    private static final Set<String> NO_ARGUMENT = Set.of("else", "or", "and", "is", "if", "in", "not");
    private static final int LONGEST_CHAIN = 200;

    private final Tokens tokens;

    ExpressionParser(Tokens tokens) {
        this.tokens = tokens;
    }

    /** An expression, or a tuple without parentheses. */
    Expression tuple() {
        int line = tokens.peek().line();
        Expression first = expression();
        if (!tokens.peek().is(",")) {
            return first;
        }
        List<Expression> elements = new ArrayList<>(List.of(first));
        while (tokens.takes(",")) {
            if (tokens.peek().kind() == Kind.BLOCK_END || tokens.peek().kind() == Kind.OUTPUT_END) {
                break;
            }
            elements.add(expression());
        }
        return new Expression.ListOf(elements, line);
    }

    Expression expression() {
        tokens.enter();
        Expression value = or();
        while (tokens.peek().isName("if")) {
            int line = tokens.next().line();
            Expression condition = or();
            Optional<Expression> otherwise = tokens.takesName("else") ? Optional.of(expression()) : Optional.empty();
            value = new Expression.Conditional(condition, value, otherwise, line);
        }
        tokens.leave();
        return value;
    }

    /** Without {@code if}, which ends the iterable of {@code for}. */
    Expression or() {
        Expression left = and();
        for (int count = 0; tokens.peek().isName("or"); count++) {
            int line = bounded(count);
            left = new Expression.Logic(false, left, and(), line);
        }
        return left;
    }

    /** Long chains are deep trees, so they are bounded too. */
    private int bounded(int count) {
        if (count >= LONGEST_CHAIN) {
            throw new JinjaException(tokens.peek().line(), "an expression must not have more than " + LONGEST_CHAIN
                    + " operators in a row; it has");
        }
        return tokens.next().line();
    }

    private Expression and() {
        Expression left = not();
        for (int count = 0; tokens.peek().isName("and"); count++) {
            int line = bounded(count);
            left = new Expression.Logic(true, left, not(), line);
        }
        return left;
    }

    private Expression not() {
        if (!tokens.peek().isName("not")) {
            return comparison();
        }
        tokens.enter();
        int line = tokens.next().line();
        Expression value = new Expression.Not(not(), line);
        tokens.leave();
        return value;
    }

    private Expression comparison() {
        int line = tokens.peek().line();
        Expression first = sum();
        List<String> operators = new ArrayList<>();
        List<Expression> rest = new ArrayList<>();
        while (true) {
            Token token = tokens.peek();
            if (token.kind() == Kind.OPERATOR && COMPARISONS.contains(token.text())) {
                operators.add(tokens.next().text());
            } else if (tokens.takesName("in")) {
                operators.add("in");
            } else if (token.isName("not") && tokens.ahead().isName("in")) {
                tokens.next();
                tokens.next();
                operators.add("not in");
            } else {
                return operators.isEmpty() ? first : new Expression.Comparison(first, operators, rest, line);
            }
            rest.add(sum());
        }
    }

    private Expression sum() {
        Expression left = concatenation();
        for (int count = 0; tokens.peek().is("+") || tokens.peek().is("-"); count++) {
            String operator = tokens.peek().text();
            int line = bounded(count);
            left = new Expression.Binary(operator, left, concatenation(), line);
        }
        return left;
    }

    private Expression concatenation() {
        Expression left = product();
        for (int count = 0; tokens.peek().is("~"); count++) {
            int line = bounded(count);
            left = new Expression.Binary("~", left, product(), line);
        }
        return left;
    }

    private Expression product() {
        Expression left = power();
        for (int count = 0; tokens.peek().kind() == Kind.OPERATOR && PRODUCTS.contains(tokens.peek().text()); count++) {
            String operator = tokens.peek().text();
            int line = bounded(count);
            left = new Expression.Binary(operator, left, power(), line);
        }
        return left;
    }

    private Expression power() {
        Expression left = unary(true);
        for (int count = 0; tokens.peek().is("**"); count++) {
            int line = bounded(count);
            left = new Expression.Binary("**", left, unary(true), line);
        }
        return left;
    }

    private Expression unary(boolean filtered) {
        tokens.enter();
        Token token = tokens.peek();
        Expression value;
        if (tokens.takes("-")) {
            value = new Expression.Negative(unary(false), token.line());
        } else if (tokens.takes("+")) {
            value = unary(false);
        } else {
            value = primary();
        }
        value = postfix(value);
        value = filtered ? filters(value) : value;
        tokens.leave();
        return value;
    }

    private Expression primary() {
        Token token = tokens.next();
        return switch (token.kind()) {
            case NAME -> switch (token.text()) {
                case "true", "True" -> new Expression.Literal(true, token.line());
                case "false", "False" -> new Expression.Literal(false, token.line());
                case "none", "None" -> new Expression.Literal(null, token.line());
                default -> new Expression.Name(token.text(), token.line());
            };
            case STRING -> {
                StringBuilder text = new StringBuilder(token.text());
                while (tokens.peek().kind() == Kind.STRING) {
                    text.append(tokens.next().text());
                }
                yield new Expression.Literal(text.toString(), token.line());
            }
            case INTEGER -> new Expression.Literal(integer(token), token.line());
            case REAL -> new Expression.Literal(Double.parseDouble(token.text()), token.line());
            case OPERATOR -> switch (token.text()) {
                case "(" -> parenthesised(token.line());
                case "[" -> new Expression.ListOf(elements("]"), token.line());
                case "{" -> dict(token.line());
                default -> throw noExpression(token);
            };
            default -> throw noExpression(token);
        };
    }

    private static JinjaException noExpression(Token token) {
        return new JinjaException(token.line(), "there must be an expression; there is " + token.shown());
    }

    private static long integer(Token token) {
        try {
            return Long.parseLong(token.text());
        } catch (NumberFormatException tooLarge) {
            throw new JinjaException(token.line(), "an integer must have at most 64 bits; got " + token.shown());
        }
    }

    private Expression parenthesised(int line) {
        if (tokens.takes(")")) {
            return new Expression.ListOf(List.of(), line);
        }
        Expression first = expression();
        if (tokens.takes(")")) {
            return first;
        }
        tokens.expect(",");
        List<Expression> elements = new ArrayList<>(List.of(first));
        elements.addAll(elements(")"));
        return new Expression.ListOf(elements, line);
    }

    private List<Expression> elements(String end) {
        List<Expression> elements = new ArrayList<>();
        while (!tokens.takes(end)) {
            elements.add(expression());
            if (!tokens.peek().is(end)) {
                tokens.expect(",");
            }
        }
        return elements;
    }

    private Expression dict(int line) {
        List<Map.Entry<Expression, Expression>> entries = new ArrayList<>();
        while (!tokens.takes("}")) {
            Expression key = expression();
            tokens.expect(":");
            entries.add(Map.entry(key, expression()));
            if (!tokens.peek().is("}")) {
                tokens.expect(",");
            }
        }
        return new Expression.DictOf(entries, line);
    }

    private Expression postfix(Expression start) {
        Expression value = start;
        for (int count = 0; ; count++) {
            Token token = tokens.peek();
            if (!token.is(".") && !token.is("[") && !token.is("(")) {
                return value;
            }
            int line = bounded(count);
            value = switch (token.text()) {
                case "." -> attribute(value, line);
                case "[" -> subscript(value, line);
                default -> new Expression.Call(value, arguments(), line);
            };
        }
    }

    private Expression attribute(Expression object, int line) {
        Token token = tokens.next();
        return switch (token.kind()) {
            case NAME -> new Expression.Attribute(object, token.text(), line);
            case INTEGER -> new Expression.Item(object, new Expression.Literal(integer(token), line), line);
            default -> throw new JinjaException(token.line(), "a dot must stand before a name; it stands before " + token.shown());
        };
    }

    private Expression subscript(Expression object, int line) {
        Optional<Expression> from = tokens.peek().is(":") ? Optional.empty() : Optional.of(expression());
        if (tokens.takes("]")) {
            return new Expression.Item(object, from.get(), line);
        }
        tokens.expect(":");
        Optional<Expression> to = sliceEnd();
        Optional<Expression> step = tokens.takes(":") ? sliceEnd() : Optional.empty();
        tokens.expect("]");
        return new Expression.Slice(object, from, to, step, line);
    }

    private Optional<Expression> sliceEnd() {
        return tokens.peek().is(":") || tokens.peek().is("]") ? Optional.empty() : Optional.of(expression());
    }

    /** Behind the opening parenthesis. */
    private Arguments arguments() {
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        while (!tokens.takes(")")) {
            if (tokens.peek().kind() == Kind.NAME && tokens.ahead().is("=")) {
                String name = tokens.next().text();
                tokens.next();
                named.put(name, expression());
            } else {
                positional.add(expression());
            }
            if (!tokens.peek().is(")")) {
                tokens.expect(",");
            }
        }
        return new Arguments(positional, named);
    }

    private Expression filters(Expression start) {
        Expression value = start;
        for (int count = 0; ; count++) {
            if (tokens.peek().is("|")) {
                int line = bounded(count);
                value = filter(value, line);
            } else if (tokens.peek().isName("is")) {
                int line = bounded(count);
                value = test(value, line);
            } else if (tokens.peek().is("(")) {
                int line = bounded(count);
                value = new Expression.Call(value, arguments(), line);
            } else {
                return value;
            }
        }
    }

    /** Behind the bar. */
    Expression filter(Expression value, int line) {
        String name = tokens.name("the name of a filter");
        return new Expression.Filter(value, name, tokens.takes("(") ? arguments() : Arguments.NONE, line);
    }

    private Expression test(Expression value, int line) {
        boolean negated = tokens.takesName("not");
        String name = tokens.name("the name of a test");
        Arguments arguments = Arguments.NONE;
        Token next = tokens.peek();
        if (tokens.takes("(")) {
            arguments = arguments();
        } else if (next.kind() == Kind.STRING || next.kind() == Kind.INTEGER || next.kind() == Kind.REAL || next.is("[") || next.is("{")
                || next.kind() == Kind.NAME && !NO_ARGUMENT.contains(next.text())) {
            arguments = new Arguments(List.of(postfix(primary())), Map.of());
        }
        return new Expression.Test(value, name, arguments, negated, line);
    }
}
