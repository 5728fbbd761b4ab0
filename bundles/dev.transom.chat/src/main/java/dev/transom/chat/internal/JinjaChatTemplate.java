package dev.transom.chat.internal;

import dev.transom.api.TransomException;
import dev.transom.api.chat.ChatTemplate;
import dev.transom.api.chat.Conversation;
import dev.transom.api.chat.ToolCall;
import dev.transom.chat.internal.jinja.JinjaException;
import dev.transom.chat.internal.jinja.Template;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A template with the variables that transformers passes.
 *
 * @param where     how error sentences call it
 * @param template  what is rendered
 * @param takesTools whether its source reads {@code tools}
 * @param variables always defined
 * @param clock     what the time is
 */
record JinjaChatTemplate(String where, Template template, boolean takesTools, Map<String, Object> variables, Clock clock)
        implements ChatTemplate {

    private static final Pattern TOOLS = Pattern.compile("\\btools\\b");

    static JinjaChatTemplate of(String where, String source, Map<String, Object> variables, Clock clock) {
        try {
            return new JinjaChatTemplate(where, Template.parse(source), TOOLS.matcher(source).find(), Map.copyOf(variables), clock);
        } catch (JinjaException wrong) {
            throw sentence(where, wrong);
        }
    }

    @Override
    public String render(Conversation conversation) {
        PlainValues plain = new PlainValues(where);
        Map<String, Object> all = new LinkedHashMap<>(variables);
        all.put("documents", null);
        all.put("messages", plain.of(conversation.messages()));
        all.put("tools", conversation.tools().isEmpty() ? null : plain.of(conversation.tools()));
        all.put("add_generation_prompt", conversation.addGenerationPrompt());
        conversation.variables().forEach((name, value) -> all.put(name, plain.of(value)));
        try {
            return template.render(all, plain.size(), clock);
        } catch (JinjaException wrong) {
            throw sentence(where, wrong);
        }
    }

    private static TransomException sentence(String where, JinjaException wrong) {
        String cause = wrong.getMessage().replaceAll("\\s+", " ").strip();
        String start = cause.length() > 400 ? cause.substring(0, 400) + "…" : cause;
        return new TransomException(where + ", line " + wrong.line() + ": " + start + (start.matches(".*[.!?]") ? "" : "."));
    }

    @Override
    public List<ToolCall> toolCalls(String answer) {
        return ToolCallReader.read(answer);
    }
}
