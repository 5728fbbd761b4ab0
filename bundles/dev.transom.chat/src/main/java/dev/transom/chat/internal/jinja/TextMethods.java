package dev.transom.chat.internal.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;

/** Python's methods of texts. */
final class TextMethods {

    static final Set<String> NAMES = Set.of("strip", "lstrip", "rstrip", "split", "rsplit", "splitlines", "startswith", "endswith", "upper",
            "lower", "title", "capitalize", "replace", "join", "find", "rfind", "count", "isdigit", "isalpha", "isalnum", "isspace", "isupper",
            "islower", "removeprefix", "removesuffix", "format");

    private final Budget budget;

    TextMethods(Budget budget) {
        this.budget = budget;
    }

    Object call(String text, String name, Inputs inputs) {
        budget.make(16);
        budget.spend(text.length() / 8);
        return switch (name) {
            case "strip" -> strip(text, inputs.text(0, "chars", null), true, true);
            case "lstrip" -> strip(text, inputs.text(0, "chars", null), true, false);
            case "rstrip" -> strip(text, inputs.text(0, "chars", null), false, true);
            case "split" -> split(text, inputs.text(0, "sep", null), inputs.integer(1, "maxsplit", -1));
            case "rsplit" -> splitFromEnd(text, inputs.text(0, "sep"), inputs.integer(1, "maxsplit", -1));
            case "splitlines" -> made(new ArrayList<Object>(text.lines().toList()), text.length());
            case "startswith" -> anyOf(inputs, text::startsWith);
            case "endswith" -> anyOf(inputs, text::endsWith);
            case "upper" -> made(text.toUpperCase(Locale.ROOT), text.length());
            case "lower" -> made(text.toLowerCase(Locale.ROOT), text.length());
            case "title" -> title(text);
            case "capitalize" -> capitalize(text);
            case "replace" -> replace(text, inputs.text(0, "old"), inputs.text(1, "new"), inputs.integer(2, "count", -1));
            case "join" -> join(text, Values.elements(inputs.get(0, "iterable"), budget));
            case "find" -> (long) text.indexOf(inputs.text(0, "sub"));
            case "rfind" -> (long) text.lastIndexOf(inputs.text(0, "sub"));
            case "count" -> count(text, inputs.text(0, "sub"));
            case "isdigit" -> all(text, Character::isDigit);
            case "isalpha" -> all(text, Character::isLetter);
            case "isalnum" -> all(text, Character::isLetterOrDigit);
            case "isspace" -> all(text, Values::isSpace);
            case "isupper" -> text.equals(text.toUpperCase(Locale.ROOT)) && !text.equals(text.toLowerCase(Locale.ROOT));
            case "islower" -> text.equals(text.toLowerCase(Locale.ROOT)) && !text.equals(text.toUpperCase(Locale.ROOT));
            case "removeprefix" -> text.startsWith(inputs.text(0, "prefix")) ? text.substring(inputs.text(0, "prefix").length()) : text;
            case "removesuffix" -> text.endsWith(inputs.text(0, "suffix"))
                    ? text.substring(0, text.length() - inputs.text(0, "suffix").length()) : text;
            case "format" -> format(text, inputs);
            default -> throw budget.refusal("a text has no method " + name);
        };
    }

    private <T> T made(T value, long size) {
        budget.make(size);
        return value;
    }

    private static boolean all(String text, IntPredicate holds) {
        return !text.isEmpty() && text.codePoints().allMatch(holds);
    }

    String strip(String text, String characters, boolean left, boolean right) {
        IntPredicate goes = characters == null ? Values::isSpace : c -> characters.indexOf(c) >= 0;
        int start = 0;
        int end = text.length();
        while (left && start < end && goes.test(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (right && end > start && goes.test(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return made(text.substring(start, end), end - start);
    }

    private List<Object> split(String text, String separator, int most) {
        budget.make(text.length());
        List<Object> parts = new ArrayList<>();
        if (separator == null) {
            int at = 0;
            while (true) {
                while (at < text.length() && Values.isSpace(text.charAt(at))) {
                    at++;
                }
                if (at == text.length()) {
                    return parts;
                }
                int end = at;
                while (end < text.length() && !Values.isSpace(text.charAt(end))) {
                    end++;
                }
                if (most >= 0 && parts.size() == most) {
                    parts.add(strip(text.substring(at), null, false, true));
                    return parts;
                }
                parts.add(text.substring(at, end));
                budget.make(8);
                at = end;
            }
        }
        notEmpty(separator);
        int at = 0;
        for (int found = text.indexOf(separator); found >= 0 && (most < 0 || parts.size() < most); found = text.indexOf(separator, at)) {
            parts.add(text.substring(at, found));
            budget.make(8);
            at = found + separator.length();
        }
        parts.add(text.substring(at));
        return parts;
    }

    private List<Object> splitFromEnd(String text, String separator, int most) {
        notEmpty(separator);
        budget.make(text.length());
        List<Object> parts = new ArrayList<>();
        int end = text.length();
        for (int found = text.lastIndexOf(separator); found >= 0 && (most < 0 || parts.size() < most);
                found = found == 0 ? -1 : text.lastIndexOf(separator, end - separator.length())) {
            parts.addFirst(text.substring(found + separator.length(), end));
            budget.make(8);
            end = found;
        }
        parts.addFirst(text.substring(0, end));
        return parts;
    }

    private void notEmpty(String separator) {
        if (separator.isEmpty()) {
            throw budget.refusal("a text must not be split at an empty text; it is");
        }
    }

    private static boolean anyOf(Inputs inputs, java.util.function.Predicate<String> holds) {
        return inputs.get(0, "prefix") instanceof List<?> several
                ? several.stream().anyMatch(one -> one instanceof String s && holds.test(s)) : holds.test(inputs.text(0, "prefix"));
    }

    String title(String text) {
        StringBuilder titled = new StringBuilder(text.length());
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            titled.append(inWord ? Character.toLowerCase(c) : Character.toTitleCase(c));
            inWord = Character.isLetter(c);
        }
        return made(titled.toString(), text.length());
    }

    String capitalize(String text) {
        return text.isEmpty() ? text
                : made(text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1).toLowerCase(Locale.ROOT), text.length());
    }

    String replace(String text, String old, String replacement, int most) {
        StringBuilder changed = new StringBuilder();
        int at = 0;
        int done = 0;
        while (most < 0 || done < most) {
            int found = text.indexOf(old, old.isEmpty() && done > 0 ? at + 1 : at);
            if (found < 0 || found > text.length() || old.isEmpty() && done > text.length()) {
                break;
            }
            budget.make(replacement.length() + found - at + 1L);
            changed.append(text, at, found).append(replacement);
            at = found + old.length();
            done++;
        }
        budget.make(text.length() - at);
        return done == 0 ? text : changed.append(text, at, text.length()).toString();
    }

    String join(String separator, List<Object> parts) {
        StringBuilder joined = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            String part = Values.text(parts.get(i), budget);
            budget.make(part.length() + separator.length() + 1L);
            joined.append(i == 0 ? "" : separator).append(part);
        }
        return joined.toString();
    }

    private long count(String text, String part) {
        if (part.isEmpty()) {
            return text.length() + 1L;
        }
        long count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }

    /** {@code {}}, {@code {0}} and {@code {name}} without format specifications. */
    private String format(String text, Inputs inputs) {
        StringBuilder made = new StringBuilder();
        int automatic = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            int end = c == '{' ? text.indexOf('}', at) : -1;
            if ((c == '{' || c == '}') && at + 1 < text.length() && text.charAt(at + 1) == c) {
                made.append(c);
                at++;
            } else if (end < 0) {
                made.append(c);
            } else {
                String field = text.substring(at + 1, end);
                Object value = field.matches("\\d{0,4}")
                        ? inputs.get(field.isEmpty() ? automatic++ : Integer.parseInt(field), "an argument for each field")
                        : inputs.get(Integer.MAX_VALUE, field);
                String part = Values.text(value, budget);
                budget.make(part.length());
                made.append(part);
                at = end;
            }
        }
        return made(made.toString(), text.length());
    }
}
