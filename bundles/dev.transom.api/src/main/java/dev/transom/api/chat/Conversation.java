package dev.transom.api.chat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A conversation as chat templates see it. Values are those of JSON: null, Boolean, Long, Double, String, List, Map with text keys.
 *
 * @param messages each with {@code role} (system, user, assistant, tool …), {@code content} and what else the model's template reads,
 *     for example {@code tool_calls}
 * @param tools functions that the model may call, as OpenAI's interface describes them: {@code type} and {@code function} with
 *     {@code name}, {@code description}, {@code parameters}; empty for none
 * @param addGenerationPrompt whether the text ends where the assistant's answer begins
 * @param variables further variables of the template, for example {@code enable_thinking}
 */
public record Conversation(List<Map<String, Object>> messages, List<Map<String, Object>> tools, boolean addGenerationPrompt,
    Map<String, Object> variables) {

  /** Copies the lists, not the values inside. */
  public Conversation {
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
    variables = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(variables));
  }

  /** Messages that the assistant is to answer. */
  public static Conversation of(List<Map<String, Object>> messages) {
    return new Conversation(messages, List.of(), true, Map.of());
  }

  /** A message with a role and a text. */
  public static Map<String, Object> message(String role, String content) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("role", role);
    message.put("content", content);
    return message;
  }
}
