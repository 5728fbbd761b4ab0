package dev.transom.api.chat;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The template of one model, or one that a user gives. Immutable, to be used from any thread; rendering is bounded in time and memory. */
@ProviderType
public interface ChatTemplate {

  /**
   * The text of a conversation, markers such as {@code <|im_start|>} included; to be encoded without adding special tokens.
   *
   * @throws dev.transom.api.TransomException naming the template's line and the cause, also when the template refuses the conversation
   */
  String render(Conversation conversation);

  /** Whether the template itself reads {@code tools}. */
  boolean takesTools();

  /**
   * The tool calls inside an answer, by the ways of writing them that models share: {@code <tool_call>} tags, {@code [TOOL_CALLS]},
   * {@code <|python_tag|>}, and an answer that is nothing but a JSON object with {@code name} and {@code arguments} or
   * {@code parameters}.
   *
   * @return in the answer's order; empty if it calls none or what stands there is no JSON
   */
  List<ToolCall> toolCalls(String answer);
}
