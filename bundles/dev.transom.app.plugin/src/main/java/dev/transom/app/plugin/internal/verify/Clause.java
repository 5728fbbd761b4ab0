package dev.transom.app.plugin.internal.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One clause of a manifest header (OSGi Core 8, 1.3.2): {@code path;path;attribute=value;directive:=value}.
 *
 * @param paths      before the first parameter, never empty
 * @param attributes by name, without their types
 * @param directives by name
 */
record Clause(List<String> paths, Map<String, String> attributes, Map<String, String> directives) {

    String path() {
        return paths.getFirst();
    }

    boolean optional() {
        return "optional".equals(directives.get("resolution"));
    }

    /** The elements of an attribute that is a list; one element if it is none, none if it is missing. */
    List<String> list(String attribute) {
        String value = attributes.get(attribute);
        return value == null ? List.of() : split(value, ',').stream().map(element -> element.replace("\\", "")).toList();
    }

    /** Reads a header; none gives none. */
    static List<Clause> of(String header) {
        return header == null ? List.of() : split(header, ',').stream().map(Clause::clause).toList();
    }

    private static Clause clause(String text) {
        List<String> paths = new ArrayList<>();
        Map<String, String> attributes = new LinkedHashMap<>();
        Map<String, String> directives = new LinkedHashMap<>();
        for (String part : split(text, ';')) {
            int equals = part.indexOf('=');
            if (equals <= 0) {
                paths.add(part);
            } else if (part.charAt(equals - 1) == ':') {
                directives.put(part.substring(0, equals - 1).strip(), unquoted(part.substring(equals + 1)));
            } else {
                attributes.put(part.substring(0, equals).split(":")[0].strip(), unquoted(part.substring(equals + 1)));
            }
        }
        return new Clause(paths.isEmpty() ? List.of("") : paths, attributes, directives);
    }

    private static String unquoted(String value) {
        String text = value.strip();
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"") ? text.substring(1, text.length() - 1) : text;
    }

    private static List<String> split(String text, char at) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                part.append(c).append(text.charAt(++i));
                continue;
            }
            quoted ^= c == '"';
            if (c == at && !quoted) {
                parts.add(part.toString().strip());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString().strip());
        parts.removeIf(String::isEmpty);
        return parts;
    }
}
