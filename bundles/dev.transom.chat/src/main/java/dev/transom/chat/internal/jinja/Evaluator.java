package dev.transom.chat.internal.jinja;

import dev.transom.chat.internal.jinja.Expression.Arguments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Computes expressions of one rendering. */
final class Evaluator {

    private static final long LARGEST_POWER = 1 << 20;

    private final Budget budget;
    private final TextMethods texts;
    private final Access access;
    private final Tests tests;
    private final Filters filters;

    Evaluator(Budget budget) {
        this.budget = budget;
        texts = new TextMethods(budget);
        access = new Access(budget, texts);
        tests = new Tests(budget);
        filters = new Filters(budget, texts, tests, access);
    }

    Budget budget() {
        return budget;
    }

    Object value(Expression expression, Scope scope) {
        budget.enter(expression.line());
        Object value = compute(expression, scope);
        budget.leave();
        return value;
    }

    private Object compute(Expression expression, Scope scope) {
        return switch (expression) {
            case Expression.Literal literal -> literal.value();
            case Expression.Name name -> scope.get(name.name());
            case Expression.ListOf list -> values(list.elements(), scope);
            case Expression.DictOf dict -> dict(dict, scope);
            case Expression.Attribute attribute -> at(attribute, () -> access.attribute(value(attribute.object(), scope), attribute.name()));
            case Expression.Item item -> {
                Object object = value(item.object(), scope);
                Object key = value(item.key(), scope);
                yield at(item, () -> access.item(object, key));
            }
            case Expression.Slice slice -> {
                Object object = value(slice.object(), scope);
                Object from = optional(slice.from(), scope);
                Object to = optional(slice.to(), scope);
                Object step = optional(slice.step(), scope);
                yield at(slice, () -> access.slice(object, from, to, step));
            }
            case Expression.Call call -> call(call, scope);
            case Expression.Filter filter -> {
                Object input = value(filter.value(), scope);
                List<Object> positional = values(filter.arguments().positional(), scope);
                Map<String, Object> named = named(filter.arguments(), scope);
                yield at(filter, () -> filters.apply(filter.name(), input, positional, named));
            }
            case Expression.Test test -> {
                Object input = value(test.value(), scope);
                List<Object> positional = values(test.arguments().positional(), scope);
                yield at(test, () -> tests.test(test.name(), input, positional) != test.negated());
            }
            case Expression.Not not -> !Values.truth(value(not.value(), scope));
            case Expression.Negative negative -> negate(value(negative.value(), scope), negative.line());
            case Expression.Logic logic -> {
                Object left = value(logic.left(), scope);
                yield Values.truth(left) == logic.and() ? value(logic.right(), scope) : left;
            }
            case Expression.Binary binary -> {
                Object left = value(binary.left(), scope);
                Object right = value(binary.right(), scope);
                yield at(binary, () -> binary(binary.operator(), left, right));
            }
            case Expression.Comparison comparison -> comparison(comparison, scope);
            case Expression.Conditional conditional -> {
                if (Values.truth(value(conditional.condition(), scope))) {
                    yield value(conditional.value(), scope);
                }
                yield conditional.otherwise().isPresent() ? value(conditional.otherwise().get(), scope)
                        : new Undefined("the value of an if without else");
            }
        };
    }

    /** Sets the line for refusals, which parts of the expression may have moved. */
    private Object at(Expression expression, java.util.function.Supplier<Object> computation) {
        budget.step(expression.line());
        return computation.get();
    }

    private Object optional(Optional<Expression> expression, Scope scope) {
        return expression.isPresent() ? value(expression.get(), scope) : null;
    }

    private List<Object> values(List<Expression> expressions, Scope scope) {
        budget.make(expressions.size());
        List<Object> values = new ArrayList<>(expressions.size());
        for (Expression expression : expressions) {
            values.add(value(expression, scope));
        }
        return values;
    }

    private Map<String, Object> named(Arguments arguments, Scope scope) {
        if (arguments.named().isEmpty()) {
            return Map.of();
        }
        Map<String, Object> named = new LinkedHashMap<>();
        arguments.named().forEach((name, expression) -> named.put(name, value(expression, scope)));
        return named;
    }

    private Map<Object, Object> dict(Expression.DictOf dict, Scope scope) {
        budget.make(dict.entries().size() * 4L);
        Map<Object, Object> map = new LinkedHashMap<>();
        for (Map.Entry<Expression, Expression> entry : dict.entries()) {
            Object key = value(entry.getKey(), scope);
            if (key != null && !(key instanceof String) && !Values.isNumber(key)) {
                throw new JinjaException(dict.line(), "a key must be a text or a number; got " + Values.kind(key));
            }
            map.put(key, value(entry.getValue(), scope));
        }
        return map;
    }

    private Object call(Expression.Call call, Scope scope) {
        Object callee = value(call.callee(), scope);
        if (!(callee instanceof Function function)) {
            String name = call.callee() instanceof Expression.Name n ? n.name() : call.callee() instanceof Expression.Attribute a ? a.name() : "it";
            throw new JinjaException(call.line(), Values.quoted(name) + " must be a function or method that is known here; it is "
                    + (callee instanceof Undefined ? "undefined" : Values.kind(callee)));
        }
        List<Object> positional = values(call.arguments().positional(), scope);
        Map<String, Object> named = named(call.arguments(), scope);
        return at(call, () -> function.call(positional, named));
    }

    private static Object negate(Object value, int line) {
        return switch (value) {
            case Long n -> -n;
            case Double d -> -d;
            case null, default -> throw new JinjaException(line, "only a number can have a sign; got " + Values.kind(value));
        };
    }

    private boolean comparison(Expression.Comparison comparison, Scope scope) {
        Object left = value(comparison.first(), scope);
        for (int i = 0; i < comparison.operators().size(); i++) {
            Object right = value(comparison.rest().get(i), scope);
            budget.step(comparison.line());
            boolean holds = switch (comparison.operators().get(i)) {
                case "==" -> Values.equal(left, right, budget);
                case "!=" -> !Values.equal(left, right, budget);
                case "in" -> tests.contains(right, left);
                case "not in" -> !tests.contains(right, left);
                case "<" -> Values.compare(left, right, budget) < 0;
                case ">" -> Values.compare(left, right, budget) > 0;
                case "<=" -> Values.compare(left, right, budget) <= 0;
                default -> Values.compare(left, right, budget) >= 0;
            };
            if (!holds) {
                return false;
            }
            left = right;
        }
        return true;
    }

    private Object binary(String operator, Object left, Object right) {
        if (operator.equals("~")) {
            return joined(Values.text(left, budget), Values.text(right, budget));
        }
        if (Values.isNumber(left) && Values.isNumber(right)) {
            return arithmetic(operator, left, right);
        }
        if (operator.equals("+") && left instanceof String a && right instanceof String b) {
            return joined(a, b);
        }
        if (operator.equals("+") && left instanceof List<?> a && right instanceof List<?> b) {
            budget.make(a.size() + b.size());
            List<Object> both = new ArrayList<>(a);
            both.addAll(b);
            return both;
        }
        if (operator.equals("*") && left instanceof String text && right instanceof Long count) {
            budget.make(Math.max(0, count) > Integer.MAX_VALUE ? Long.MAX_VALUE / 2 : text.length() * Math.max(0, count));
            return text.repeat((int) Math.max(0, count));
        }
        if (operator.equals("%") && left instanceof String text) {
            return format(text, right instanceof List<?> list ? list : java.util.Collections.singletonList(right));
        }
        throw budget.refusal(Values.quoted(operator) + " must stand between two numbers, or for + two texts or two lists; got "
                + Values.kind(left) + " and " + Values.kind(right));
    }

    private String joined(String a, String b) {
        budget.make((long) a.length() + b.length());
        return a.concat(b);
    }

    private Object arithmetic(String operator, Object left, Object right) {
        boolean real = left instanceof Double || right instanceof Double;
        double a = Values.number(left);
        double b = Values.number(right);
        boolean divides = operator.equals("/") || operator.equals("//") || operator.equals("%");
        if (divides && b == 0) {
            throw budget.refusal("a number must not be divided by 0; it is");
        }
        if (operator.equals("/")) {
            return a / b;
        }
        if (real) {
            return switch (operator) {
                case "+" -> a + b;
                case "-" -> a - b;
                case "*" -> a * b;
                case "//" -> Math.floor(a / b);
                case "%" -> a - b * Math.floor(a / b);
                default -> Math.pow(a, b);
            };
        }
        long x = Values.integer(left);
        long y = Values.integer(right);
        try {
            return switch (operator) {
                case "+" -> Math.addExact(x, y);
                case "-" -> Math.subtractExact(x, y);
                case "*" -> Math.multiplyExact(x, y);
                case "//" -> Math.floorDiv(x, y);
                case "%" -> Math.floorMod(x, y);
                default -> y < 0 || y > LARGEST_POWER ? (Object) Math.pow(a, b)
                        : (Object) java.math.BigInteger.valueOf(x).pow((int) Math.min(y, 64)).longValueExact();
            };
        } catch (ArithmeticException tooLarge) {
            throw budget.refusal("integers must have at most 64 bits; " + x + " " + operator + " " + y + " has more");
        }
    }

    /** {@code "%s: %d" % values}. */
    private String format(String text, List<?> values) {
        StringBuilder made = new StringBuilder();
        int next = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%' || i + 1 == text.length()) {
                made.append(c);
                continue;
            }
            char kind = text.charAt(++i);
            if (kind == '%') {
                made.append('%');
            } else if ((kind == 's' || kind == 'd') && next < values.size()) {
                made.append(Values.text(values.get(next++), budget));
            } else {
                throw budget.refusal("a format must have %s, %d or %% with a value for each; got %" + kind);
            }
            budget.make(1);
        }
        budget.make(made.length());
        return made.toString();
    }
}
