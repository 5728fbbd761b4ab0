package dev.transom.chat.internal.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Jinja's filters, and {@code tojson} as transformers defines it. */
final class Filters {

    private final Budget budget;
    private final TextMethods texts;
    private final Tests tests;
    private final Access access;

    Filters(Budget budget, TextMethods texts, Tests tests, Access access) {
        this.budget = budget;
        this.texts = texts;
        this.tests = tests;
        this.access = access;
    }

    Object apply(String name, Object value, List<Object> positional, Map<String, Object> named) {
        Inputs inputs = new Inputs("the filter " + name, positional, named, budget);
        return switch (name) {
            case "trim" -> texts.strip(text(value), inputs.text(0, "chars", null), true, true);
            case "tojson" -> json(value, inputs);
            case "default", "d" -> value instanceof Undefined || inputs.flag(1, "boolean", false) && !Values.truth(value)
                    ? inputs.get(0, "default_value", "") : value;
            case "join" -> join(value, inputs);
            case "length", "count" -> length(value);
            case "upper" -> texts.call(text(value), "upper", inputs);
            case "lower" -> texts.call(text(value), "lower", inputs);
            case "title" -> texts.title(text(value));
            case "capitalize" -> texts.capitalize(text(value));
            case "list" -> copy(value);
            case "map" -> map(value, inputs);
            case "select" -> select(value, inputs, true, false);
            case "reject" -> select(value, inputs, false, false);
            case "selectattr" -> select(value, inputs, true, true);
            case "rejectattr" -> select(value, inputs, false, true);
            case "items" -> value instanceof Undefined ? List.of() : access.items(mapping(value, name));
            case "first" -> end(value, true);
            case "last" -> end(value, false);
            case "replace" -> texts.replace(text(value), inputs.text(0, "old"), inputs.text(1, "new"), inputs.integer(2, "count", -1));
            case "int" -> integer(value, inputs);
            case "float" -> real(value, inputs);
            case "string", "safe" -> text(value);
            case "escape", "e" -> escape(text(value));
            case "dictsort" -> dictsort(mapping(value, name), inputs);
            case "unique" -> unique(copy(value));
            case "sort" -> sort(copy(value), inputs);
            case "reverse" -> value instanceof String s ? new StringBuilder(s).reverse().toString() : copy(value).reversed();
            case "sum" -> sum(Values.elements(value, budget), inputs);
            case "min" -> extreme(value, 1);
            case "max" -> extreme(value, -1);
            case "abs" -> value instanceof Double d ? (Object) Math.abs(d) : (Object) Math.abs(number(value, name).longValue());
            case "round" -> round(number(value, name).doubleValue(), inputs);
            case "indent" -> indent(text(value), inputs);
            case "attr" -> access.attribute(value, inputs.text(0, "name"));
            default -> throw budget.refusal("a filter must be one that is known here; got " + name);
        };
    }

    private String text(Object value) {
        return Values.text(value, budget);
    }

    private List<Object> copy(Object value) {
        List<Object> elements = Values.elements(value, budget);
        budget.make(elements.size());
        budget.spend(elements.size());
        return new ArrayList<>(elements);
    }

    private Map<?, ?> mapping(Object value, String filter) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw budget.refusal("the filter " + filter + " takes a mapping; got " + Values.kind(value));
    }

    private Number number(Object value, String filter) {
        if (Values.isNumber(value)) {
            return value instanceof Number n ? n : Values.integer(value);
        }
        throw budget.refusal("the filter " + filter + " takes a number; got " + Values.kind(value));
    }

    private String json(Object value, Inputs inputs) {
        // transformers' order of parameters: ensure_ascii, indent, separators, sort_keys.
        Object wanted = inputs.get(1, "indent", null);
        int indent = wanted == null ? -1 : Math.clamp(inputs.integer(1, "indent", 0), 0, 100);
        String item = indent < 0 ? ", " : ",";
        String key = ": ";
        if (inputs.get(2, "separators", null) instanceof List<?> both && both.size() == 2) {
            item = text(both.get(0));
            key = text(both.get(1));
        }
        return new JsonText(budget, indent, item, key, inputs.flag(3, "sort_keys", false), inputs.flag(0, "ensure_ascii", false)).of(value);
    }

    private String join(Object value, Inputs inputs) {
        List<Object> parts = Values.elements(value, budget);
        if (inputs.has(1, "attribute")) {
            String attribute = inputs.text(1, "attribute");
            parts = parts.stream().map(part -> access.path(part, attribute)).toList();
        }
        return texts.join(text(inputs.get(0, "d", "")), parts);
    }

    private long length(Object value) {
        return switch (value) {
            case String s -> s.codePointCount(0, s.length());
            case List<?> l -> l.size();
            case Map<?, ?> m -> m.size();
            case Undefined _ -> 0;
            case null, default -> throw budget.refusal("the filter length takes a list, a mapping or a text; got " + Values.kind(value));
        };
    }

    /** As in Jinja, what is false has no elements here, also none. */
    private List<Object> elementsIfAny(Object value) {
        return Values.truth(value) ? Values.elements(value, budget) : List.of();
    }

    private List<Object> map(Object value, Inputs inputs) {
        List<Object> mapped = new ArrayList<>();
        for (Object element : elementsIfAny(value)) {
            budget.make(1);
            budget.spend(1);
            if (inputs.named().containsKey("attribute")) {
                Object found = access.path(element, text(inputs.named().get("attribute")));
                mapped.add(found instanceof Undefined ? inputs.named().getOrDefault("default", found) : found);
            } else {
                List<Object> rest = inputs.positional().subList(Math.min(1, inputs.positional().size()), inputs.positional().size());
                mapped.add(apply(inputs.text(0, "the name of a filter"), element, rest, inputs.named()));
            }
        }
        return mapped;
    }

    private List<Object> select(Object value, Inputs inputs, boolean wanted, boolean byAttribute) {
        int first = byAttribute ? 1 : 0;
        String attribute = byAttribute ? text(inputs.get(0, "attribute")) : null;
        String test = inputs.text(first, "test", null);
        List<Object> rest = inputs.positional().subList(Math.min(first + 1, inputs.positional().size()), inputs.positional().size());
        List<Object> selected = new ArrayList<>();
        for (Object element : elementsIfAny(value)) {
            budget.make(1);
            budget.spend(1);
            Object asked = byAttribute ? access.path(element, attribute) : element;
            if ((test == null ? Values.truth(asked) : tests.test(test, asked, rest)) == wanted) {
                selected.add(element);
            }
        }
        return selected;
    }

    private Object end(Object value, boolean first) {
        List<Object> elements = Values.elements(value, budget);
        return elements.isEmpty() ? new Undefined("the element of an empty list") : first ? elements.getFirst() : elements.getLast();
    }

    private Object integer(Object value, Inputs inputs) {
        try {
            return switch (value) {
                case Long n -> n;
                case Boolean b -> b ? 1L : 0L;
                case Double d -> (long) (double) d;
                case String s -> s.strip().matches("[-+]?\\d+") ? Long.parseLong(s.strip()) : (long) Double.parseDouble(s);
                case null, default -> inputs.get(0, "default", 0L);
            };
        } catch (NumberFormatException noNumber) {
            return inputs.get(0, "default", 0L);
        }
    }

    private Object real(Object value, Inputs inputs) {
        try {
            return Values.isNumber(value) ? Values.number(value) : value instanceof String s ? Double.parseDouble(s) : inputs.get(0, "default", 0.0);
        } catch (NumberFormatException noNumber) {
            return inputs.get(0, "default", 0.0);
        }
    }

    private String escape(String text) {
        budget.make(text.length() * 6L);
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;").replace("\"", "&#34;");
    }

    private List<Object> dictsort(Map<?, ?> map, Inputs inputs) {
        boolean caseMatters = inputs.flag(0, "case_sensitive", false);
        int by = "value".equals(inputs.text(1, "by", "key")) ? 1 : 0;
        List<Object> sorted = new ArrayList<>(access.items(map));
        ordered(sorted, pair -> ((List<?>) pair).get(by), caseMatters);
        return inputs.flag(2, "reverse", false) ? sorted.reversed() : sorted;
    }

    private List<Object> sort(List<Object> elements, Inputs inputs) {
        String attribute = inputs.text(2, "attribute", null);
        ordered(elements, element -> attribute == null ? element : access.path(element, attribute), inputs.flag(1, "case_sensitive", false));
        return inputs.flag(0, "reverse", false) ? elements.reversed() : elements;
    }

    private void ordered(List<Object> elements, java.util.function.Function<Object, Object> key, boolean caseMatters) {
        Comparator<Object> order = (a, b) -> Values.compare(folded(key.apply(a), caseMatters), folded(key.apply(b), caseMatters), budget);
        Collections.sort(elements, order);
    }

    private static Object folded(Object key, boolean caseMatters) {
        return key instanceof String s && !caseMatters ? s.toLowerCase(Locale.ROOT) : key;
    }

    private List<Object> unique(List<Object> elements) {
        List<Object> kept = new ArrayList<>();
        for (Object element : elements) {
            if (kept.stream().noneMatch(one -> Values.equal(folded(one, false), folded(element, false), budget))) {
                kept.add(element);
            }
        }
        return kept;
    }

    private Object sum(List<Object> elements, Inputs inputs) {
        Object total = inputs.get(1, "start", 0L);
        for (Object element : elements) {
            Object part = inputs.has(0, "attribute") ? access.path(element, text(inputs.get(0, "attribute"))) : element;
            boolean integers = !(total instanceof Double) && !(part instanceof Double);
            Number added = number(part, "sum");
            total = integers ? (Object) (number(total, "sum").longValue() + added.longValue())
                    : (Object) (number(total, "sum").doubleValue() + added.doubleValue());
        }
        return total;
    }

    private Object extreme(Object value, int sign) {
        Object best = null;
        boolean any = false;
        for (Object element : Values.elements(value, budget)) {
            if (!any || sign * Values.compare(element, best, budget) < 0) {
                best = element;
            }
            any = true;
        }
        return any ? best : new Undefined("the extreme of an empty list");
    }

    private Object round(double value, Inputs inputs) {
        double scale = Math.pow(10, Math.clamp(inputs.integer(0, "precision", 0), -15, 15));
        return switch (inputs.text(1, "method", "common")) {
            case "ceil" -> Math.ceil(value * scale) / scale;
            case "floor" -> Math.floor(value * scale) / scale;
            default -> Math.rint(value * scale) / scale;
        };
    }

    private String indent(String text, Inputs inputs) {
        Object width = inputs.get(0, "width", 4L);
        String space = width instanceof String s ? s : " ".repeat(Math.clamp(inputs.integer(0, "width", 4), 0, 1000));
        boolean first = inputs.flag(1, "first", false);
        boolean blank = inputs.flag(2, "blank", false);
        StringBuilder indented = new StringBuilder();
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            budget.make(lines[i].length() + space.length() + 1L);
            indented.append(i == 0 ? "" : "\n").append((i == 0 ? first : blank || !lines[i].isEmpty()) ? space : "").append(lines[i]);
        }
        return indented.toString();
    }
}
