package dev.transom.app.chat.internal;

import dev.transom.api.chat.Conversation;
import dev.transom.api.chat.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The messages of one conversation so far. Belongs to one thread. */
final class Dialogue {

    /** Some templates ask for ids of nine letters and digits. */
    private static final String CALL_ID = "call%05d";

    private final List<Map<String, Object>> tools;
    private final List<Map<String, Object>> messages = new ArrayList<>();
    private Optional<String> system = Optional.empty();
    private int calls;

    Dialogue(List<Map<String, Object>> tools) {
        this.tools = tools;
    }

    void system(Optional<String> text) {
        system = text.filter(t -> !t.isBlank());
    }

    Optional<String> system() {
        return system;
    }

    /** All but the system message. */
    List<Map<String, Object>> messages() {
        return messages;
    }

    void reset() {
        messages.clear();
    }

    void user(String text) {
        messages.add(Conversation.message("user", text));
    }

    void assistant(String answer, List<ToolCall> toolCalls) {
        if (toolCalls.isEmpty()) {
            messages.add(Conversation.message("assistant", answer));
            return;
        }
        int tag = answer.indexOf("<tool_call>");
        Map<String, Object> message = Conversation.message("assistant", tag > 0 ? answer.substring(0, tag).strip() : "");
        List<Map<String, Object>> parts = new ArrayList<>();
        for (ToolCall call : toolCalls) {
            Map<String, Object> part = call.asMessagePart();
            part.put("id", CALL_ID.formatted(++calls));
            parts.add(part);
        }
        message.put("tool_calls", parts);
        messages.add(message);
    }

    /** Whether the assistant waits for what its functions give. */
    boolean waitsForResult() {
        return !messages.isEmpty() && (messages.getLast().containsKey("tool_calls")
            || "tool".equals(messages.getLast().get("role")));
    }

    void toolResult(String text) {
        Map<String, Object> message = Conversation.message("tool", text);
        for (Map<String, Object> earlier : messages.reversed()) {
            if (earlier.get("tool_calls") instanceof List<?> parts && parts.getLast() instanceof Map<?, ?> part) {
                message.put("tool_call_id", part.get("id"));
                if (part.get("function") instanceof Map<?, ?> function) {
                    message.put("name", function.get("name"));
                }
                break;
            }
        }
        messages.add(message);
    }

    /** Takes back the last message, which could not be answered. */
    void takeBack() {
        messages.removeLast();
    }

    /** What the template sees, ending where the assistant's answer begins. */
    Conversation conversation() {
        List<Map<String, Object>> all = new ArrayList<>();
        system.ifPresent(text -> all.add(Conversation.message("system", text)));
        all.addAll(messages);
        return new Conversation(all, tools, true, Map.of());
    }
}
