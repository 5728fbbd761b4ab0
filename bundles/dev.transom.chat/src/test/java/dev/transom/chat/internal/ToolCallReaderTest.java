package dev.transom.chat.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.transom.api.chat.ToolCall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToolCallReaderTest {

    private static final ToolCall CALL = new ToolCall("get_weather", Map.of("city", "Paris"));

    @Test
    void readsTheWaysThatModelsShare() {
        String json = "{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Paris\"}}";
        assertEquals(List.of(CALL, CALL), ToolCallReader.read("Let me see.\n<tool_call>\n" + json + "\n</tool_call>\n<tool_call>" + json));
        assertEquals(List.of(CALL), ToolCallReader.read("[TOOL_CALLS][" + json + "]"));
        assertEquals(List.of(CALL), ToolCallReader.read("<|python_tag|>" + json.replace("arguments", "parameters")));
        assertEquals(List.of(CALL), ToolCallReader.read("```json\n" + json + "\n```"));
        assertEquals(List.of(CALL), ToolCallReader.read("[{\"type\": \"function\", \"function\": " + json + "}]"));
    }

    @Test
    void findsNoneInOrdinaryAnswers() {
        for (String answer : List.of("Paris is in France.", "{\"city\": 1}", "{\"name\": \"x\"}", "<tool_call>{\"name\": </tool_call>", "", "[1, 2]")) {
            assertEquals(List.of(), ToolCallReader.read(answer), answer);
        }
    }
}
