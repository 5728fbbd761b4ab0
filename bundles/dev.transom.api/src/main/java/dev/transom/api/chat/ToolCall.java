package dev.transom.api.chat;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A call that a model asks for.
 *
 * @param name of the function
 * @param arguments by name, values of JSON
 */
public record ToolCall(String name, Map<String, Object> arguments) {

  /** The entry of {@code tool_calls} in the assistant's message: {@code type} and {@code function}. */
  public Map<String, Object> asMessagePart() {
    Map<String, Object> function = new LinkedHashMap<>();
    function.put("name", name);
    function.put("arguments", arguments);
    Map<String, Object> part = new LinkedHashMap<>();
    part.put("type", "function");
    part.put("function", function);
    return part;
  }
}
