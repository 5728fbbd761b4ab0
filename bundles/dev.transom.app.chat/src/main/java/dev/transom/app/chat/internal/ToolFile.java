package dev.transom.app.chat.internal;

import dev.transom.api.TransomException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the functions that a model may call: a JSON list, or one of them. */
final class ToolFile {

    private ToolFile() {
    }

    static List<Map<String, Object>> read(Path file) {
        Object value = DialogueFile.read(file);
        List<Map<String, Object>> tools = new ArrayList<>();
        for (Object one : value instanceof List<?> list ? list : List.of(value)) {
            tools.add(tool(file, one));
        }
        if (tools.isEmpty()) {
            throw wrong(file);
        }
        return tools;
    }

    /** A function alone is put into the usual form. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> tool(Path file, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong(file);
        }
        if (map.get("function") instanceof Map<?, ?> function && function.get("name") instanceof String) {
            return (Map<String, Object>) map;
        }
        if (!(map.get("name") instanceof String)) {
            throw wrong(file);
        }
        Map<String, Object> tool = new LinkedHashMap<>();
        tool.put("type", "function");
        tool.put("function", map);
        return tool;
    }

    private static TransomException wrong(Path file) {
        return new TransomException(file + ": it must be a JSON list of functions, each with name, description and parameters; it is not.");
    }
}
