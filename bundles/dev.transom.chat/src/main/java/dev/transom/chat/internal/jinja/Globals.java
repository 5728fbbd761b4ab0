package dev.transom.chat.internal.jinja;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The functions that every template may call. */
final class Globals {

    /** Jinja's own bound. */
    private static final int LONGEST_RANGE = 100_000;

    private final Budget budget;
    private final Clock clock;

    Globals(Budget budget, Clock clock) {
        this.budget = budget;
        this.clock = clock;
    }

    void define(Scope scope) {
        scope.set("range", (Function) (values, named) -> range(new Inputs("range", values, named, budget)));
        scope.set("namespace", (Function) this::namespace);
        scope.set("dict", (Function) (values, named) -> {
            Map<Object, Object> dict = new LinkedHashMap<>();
            if (!values.isEmpty() && values.getFirst() instanceof Map<?, ?> first) {
                dict.putAll(first);
            }
            dict.putAll(named);
            budget.make(dict.size() * 4L);
            return dict;
        });
        scope.set("raise_exception", (Function) (values, named) -> {
            throw budget.refusal("the template refuses the conversation: "
                    + Values.text(new Inputs("raise_exception", values, named, budget).get(0, "message"), budget));
        });
        scope.set("strftime_now", (Function) (values, named) ->
                time(new Inputs("strftime_now", values, named, budget).text(0, "format")));
    }

    private List<Object> range(Inputs inputs) {
        boolean one = inputs.positional().size() < 2;
        long from = one ? 0 : inputs.integer(0, "start", 0);
        long to = inputs.integer(one ? 0 : 1, "stop", 0);
        long step = inputs.integer(2, "step", 1);
        long count = step == 0 ? -1 : Math.max(0, step > 0 ? Math.ceilDiv(to - from, step) : Math.ceilDiv(from - to, -step));
        if (count < 0 || count > LONGEST_RANGE) {
            throw budget.refusal("range must have a step and at most " + LONGEST_RANGE + " numbers; got " + inputs.positional());
        }
        budget.make(count * 4);
        List<Object> numbers = new ArrayList<>((int) count);
        for (long i = 0; i < count; i++) {
            numbers.add(from + i * step);
        }
        return numbers;
    }

    private Namespace namespace(List<Object> values, Map<String, Object> named) {
        Namespace namespace = new Namespace();
        for (Object value : values) {
            if (value instanceof Map<?, ?> map) {
                map.forEach((key, one) -> namespace.attributes().put(String.valueOf(key), one));
            }
        }
        namespace.attributes().putAll(named);
        budget.make(namespace.attributes().size() * 4L + 16);
        return namespace;
    }

    /** C's {@code strftime}, as far as templates use it. */
    private String time(String format) {
        ZonedDateTime now = ZonedDateTime.now(clock);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                text.append(c);
                continue;
            }
            char kind = format.charAt(++i);
            boolean plain = kind == '-' && i + 1 < format.length();
            String part = part(plain ? format.charAt(++i) : kind, now);
            text.append(plain && part.startsWith("0") && part.length() > 1 ? part.substring(1) : part);
        }
        budget.make(text.length());
        return text.toString();
    }

    private String part(char kind, ZonedDateTime now) {
        String pattern = switch (kind) {
            case 'Y' -> "yyyy";
            case 'y' -> "yy";
            case 'm' -> "MM";
            case 'd' -> "dd";
            case 'H' -> "HH";
            case 'I' -> "hh";
            case 'M' -> "mm";
            case 'S' -> "ss";
            case 'p' -> "a";
            case 'j' -> "DDD";
            case 'Z' -> "zzz";
            case 'z' -> "xx";
            case 'F' -> "yyyy-MM-dd";
            case 'T' -> "HH:mm:ss";
            case 'b', 'B', 'a', 'A', '%' -> "";
            default -> throw budget.refusal("strftime_now must get a format of known parts; got %" + kind);
        };
        return switch (kind) {
            case 'b' -> now.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'B' -> now.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'a' -> now.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'A' -> now.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case '%' -> "%";
            default -> DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(now);
        };
    }
}
