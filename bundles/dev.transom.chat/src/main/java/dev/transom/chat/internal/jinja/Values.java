package dev.transom.chat.internal.jinja;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * Python's view of values: null, Boolean, Long, Double, String, List, Map with text keys, Undefined and the template's own objects.
 */
final class Values {

    private static final int DEPTH = 100;

    private Values() {}

    static boolean isSpace(int c) {
        return c == ' ' || c >= 9 && c <= 13 || c >= 0x1c && c <= 0x1f || c == 0x85 || c == 0xa0
                || c > 0xff && (Character.isSpaceChar(c));
    }

    static boolean truth(Object value) {
        return switch (value) {
            case null -> false;
            case Boolean b -> b;
            case Long n -> n != 0;
            case Double d -> d != 0;
            case String s -> !s.isEmpty();
            case List<?> l -> !l.isEmpty();
            case Map<?, ?> m -> !m.isEmpty();
            case Undefined _ -> false;
            default -> true;
        };
    }

    /** What a kind of value is called in error sentences. */
    static String kind(Object value) {
        return switch (value) {
            case null -> "none";
            case Boolean _ -> "a boolean";
            case Long _ -> "an integer";
            case Double _ -> "a real";
            case String _ -> "a text";
            case List<?> _ -> "a list";
            case Map<?, ?> _ -> "a mapping";
            case Undefined u -> quoted(u.name()) + ", which is undefined";
            case Namespace _ -> "a namespace";
            default -> "something callable";
        };
    }

    /** A text on one line, not too long, in quotation marks. */
    static String quoted(String text) {
        String start = text.length() > 60 ? text.substring(0, 60) + "…" : text;
        StringBuilder shown = new StringBuilder("\"");
        start.codePoints().forEach(c -> {
            if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || c >= 0xd800 && c <= 0xdfff) {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.append('"').toString();
    }

    /** {@code str(value)}. */
    static String text(Object value, Budget budget) {
        if (value instanceof String text) {
            return text;
        }
        StringBuilder text = new StringBuilder();
        write(value, text, budget, false, 0);
        budget.make(text.length());
        return text.toString();
    }

    private static void write(Object value, StringBuilder text, Budget budget, boolean inside, int depth) {
        if (depth > DEPTH) {
            throw budget.refusal("lists and mappings must not nest deeper than " + DEPTH + " levels to be shown; they do");
        }
        budget.spend(1);
        int before = text.length();
        switch (value) {
            case null -> text.append("None");
            case Boolean b -> text.append(b ? "True" : "False");
            case Double d -> text.append(real(d));
            case String s when inside -> repr(s, text);
            case String s -> text.append(s);
            case List<?> list -> {
                text.append('[');
                for (int i = 0; i < list.size(); i++) {
                    text.append(i == 0 ? "" : ", ");
                    write(list.get(i), text, budget, true, depth + 1);
                }
                text.append(']');
            }
            case Map<?, ?> map -> {
                text.append('{');
                String comma = "";
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    text.append(comma);
                    write(entry.getKey(), text, budget, true, depth + 1);
                    text.append(": ");
                    write(entry.getValue(), text, budget, true, depth + 1);
                    comma = ", ";
                }
                text.append('}');
            }
            case Undefined _ -> { }
            case Namespace _ -> text.append("<Namespace>");
            case Long n -> text.append(n);
            default -> text.append("<function>");
        }
        budget.make(Math.min(text.length() - before, 64));
    }

    private static void repr(String s, StringBuilder text) {
        char quote = s.indexOf('\'') >= 0 && s.indexOf('"') < 0 ? '"' : '\'';
        text.append(quote);
        s.codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '\\' -> text.append("\\\\");
                default -> {
                    if (c == quote) {
                        text.append('\\').append(quote);
                    } else if (c < 0x20 || c >= 0x7f && c < 0xa1) {
                        text.append(String.format("\\x%02x", c));
                    } else {
                        text.appendCodePoint(c);
                    }
                }
            }
        });
        text.append(quote);
    }

    /** Python's {@code repr} of a float: the shortest digits, an exponent below 1e-4 and from 1e16. */
    static String real(double d) {
        if (Double.isNaN(d)) {
            return "nan";
        }
        if (Double.isInfinite(d)) {
            return d > 0 ? "inf" : "-inf";
        }
        if (d == 0) {
            return 1 / d > 0 ? "0.0" : "-0.0";
        }
        BigDecimal exact = new BigDecimal(Double.toString(d)).stripTrailingZeros();
        int exponent = exact.precision() - exact.scale() - 1;
        if (exponent >= -4 && exponent < 16) {
            String plain = exact.toPlainString();
            return plain.indexOf('.') < 0 ? plain + ".0" : plain;
        }
        String digits = exact.unscaledValue().abs().toString();
        return (d < 0 ? "-" : "") + digits.charAt(0) + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + (exponent < 0 ? "e-" : "e+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    static boolean equal(Object a, Object b, Budget budget) {
        return equal(a, b, budget, 0);
    }

    private static boolean equal(Object a, Object b, Budget budget, int depth) {
        budget.spend(1);
        if (a == b) {
            return true;
        }
        if (depth > DEPTH) {
            throw budget.refusal("lists and mappings must not nest deeper than " + DEPTH + " levels to be compared; they do");
        }
        if (isNumber(a) && isNumber(b)) {
            return a instanceof Long || a instanceof Boolean ? compareNumbers(a, b) == 0 : number(a) == number(b);
        }
        if (a instanceof List<?> left && b instanceof List<?> right) {
            boolean same = left.size() == right.size();
            for (int i = 0; same && i < left.size(); i++) {
                same = equal(left.get(i), right.get(i), budget, depth + 1);
            }
            return same;
        }
        if (a instanceof Map<?, ?> left && b instanceof Map<?, ?> right) {
            return left.size() == right.size() && left.entrySet().stream().allMatch(entry -> right.containsKey(entry.getKey())
                    && equal(entry.getValue(), right.get(entry.getKey()), budget, depth + 1));
        }
        if (a instanceof String left && b instanceof String right) {
            budget.spend(Math.min(left.length(), right.length()) / 16);
            return left.equals(right);
        }
        return a instanceof Undefined && b instanceof Undefined;
    }

    static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Boolean;
    }

    static double number(Object value) {
        return value instanceof Boolean b ? b ? 1 : 0 : ((Number) value).doubleValue();
    }

    static long integer(Object value) {
        return value instanceof Boolean b ? b ? 1 : 0 : (Long) value;
    }

    private static int compareNumbers(Object a, Object b) {
        return a instanceof Double || b instanceof Double ? Double.compare(number(a), number(b)) : Long.compare(integer(a), integer(b));
    }

    /** The order of two numbers, two texts or two lists. */
    static int compare(Object a, Object b, Budget budget) {
        budget.spend(1);
        if (isNumber(a) && isNumber(b)) {
            return compareNumbers(a, b);
        }
        if (a instanceof String left && b instanceof String right) {
            budget.spend(Math.min(left.length(), right.length()) / 16);
            return left.compareTo(right);
        }
        if (a instanceof List<?> left && b instanceof List<?> right) {
            for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
                if (!equal(left.get(i), right.get(i), budget)) {
                    budget.enter(budget.line());
                    int order = compare(left.get(i), right.get(i), budget);
                    budget.leave();
                    return order;
                }
            }
            return Integer.compare(left.size(), right.size());
        }
        throw budget.refusal("only two numbers or two texts have an order; got " + kind(a) + " and " + kind(b));
    }

    /** What a loop goes over: elements, keys or characters; none of something undefined. */
    static List<Object> elements(Object value, Budget budget) {
        return switch (value) {
            case List<?> list -> List.class.cast(list);
            case Map<?, ?> map -> {
                budget.make(map.size());
                yield new java.util.ArrayList<>(map.keySet());
            }
            case String text -> {
                budget.make(2L * text.length());
                budget.spend(text.length());
                yield text.codePoints().mapToObj(c -> (Object) Character.toString(c)).toList();
            }
            case Undefined _ -> List.of();
            case null, default -> throw budget.refusal("a loop or filter must go over a list, a mapping or a text; got " + kind(value));
        };
    }
}
