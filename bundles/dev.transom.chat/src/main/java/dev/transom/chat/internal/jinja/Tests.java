package dev.transom.chat.internal.jinja;

import java.util.List;
import java.util.Map;

/** What {@code is} asks, and {@code select} with its relatives. */
final class Tests {

    private final Budget budget;

    Tests(Budget budget) {
        this.budget = budget;
    }

    boolean test(String name, Object value, List<Object> arguments) {
        Inputs inputs = new Inputs("the test " + name, arguments, Map.of(), budget);
        return switch (name) {
            case "defined" -> !(value instanceof Undefined);
            case "undefined" -> value instanceof Undefined;
            case "none" -> value == null;
            case "string" -> value instanceof String;
            case "mapping" -> value instanceof Map<?, ?>;
            case "iterable", "sequence" -> value instanceof List<?> || value instanceof Map<?, ?> || value instanceof String
                    || value instanceof Undefined;
            case "number" -> Values.isNumber(value);
            case "integer" -> value instanceof Long;
            case "float" -> value instanceof Double;
            case "boolean" -> value instanceof Boolean;
            case "true" -> Boolean.TRUE.equals(value);
            case "false" -> Boolean.FALSE.equals(value);
            case "callable" -> value instanceof Function;
            case "in" -> contains(inputs.get(0, "a container"), value);
            case "equalto", "eq" -> Values.equal(value, inputs.get(0, "a value"), budget);
            case "sameas" -> value == inputs.get(0, "a value")
                    || value instanceof Boolean && value.equals(inputs.get(0, "a value"));
            case "ne" -> !Values.equal(value, inputs.get(0, "a value"), budget);
            case "lt", "lessthan" -> Values.compare(value, inputs.get(0, "a value"), budget) < 0;
            case "gt", "greaterthan" -> Values.compare(value, inputs.get(0, "a value"), budget) > 0;
            case "le" -> Values.compare(value, inputs.get(0, "a value"), budget) <= 0;
            case "ge" -> Values.compare(value, inputs.get(0, "a value"), budget) >= 0;
            case "odd" -> Math.floorMod(integer(value, name), 2L) == 1;
            case "even" -> Math.floorMod(integer(value, name), 2L) == 0;
            case "divisibleby" -> divides(inputs.integer(0, "a divisor", 0), value);
            case "upper" -> value instanceof String s && s.equals(s.toUpperCase(java.util.Locale.ROOT)) && !s.equals(s.toLowerCase(java.util.Locale.ROOT));
            case "lower" -> value instanceof String s && s.equals(s.toLowerCase(java.util.Locale.ROOT)) && !s.equals(s.toUpperCase(java.util.Locale.ROOT));
            default -> throw budget.refusal("a test must be one that is known here; got " + name);
        };
    }

    private long integer(Object value, String name) {
        if (value instanceof Long || value instanceof Boolean) {
            return Values.integer(value);
        }
        throw budget.refusal("the test " + name + " takes an integer; got " + Values.kind(value));
    }

    private boolean divides(int divisor, Object value) {
        if (divisor == 0) {
            throw budget.refusal("a number must not be divided by 0; it is");
        }
        return integer(value, "divisibleby") % divisor == 0;
    }

    /** {@code value in container}. */
    boolean contains(Object container, Object value) {
        return switch (container) {
            case String text when value instanceof String part -> {
                budget.spend(text.length() / 16);
                yield text.contains(part);
            }
            case List<?> list -> list.stream().anyMatch(element -> Values.equal(element, value, budget));
            case Map<?, ?> map -> (value instanceof String || Values.isNumber(value)) && map.containsKey(value);
            case Undefined _ -> false;
            case null, default -> throw budget.refusal("in must look into a list, a mapping or, for a text, a text; got "
                    + Values.kind(value) + " in " + Values.kind(container));
        };
    }
}
