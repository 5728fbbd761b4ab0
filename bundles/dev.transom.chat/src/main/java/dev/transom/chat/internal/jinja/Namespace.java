package dev.transom.chat.internal.jinja;

import java.util.LinkedHashMap;
import java.util.Map;

/** {@code namespace(…)}: attributes that inner scopes may change. Belongs to one rendering. */
final class Namespace {

    private final Map<String, Object> attributes = new LinkedHashMap<>();

    Map<String, Object> attributes() {
        return attributes;
    }
}
