package dev.transom.app.chat.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.TransomException;
import dev.transom.api.application.Session;
import dev.transom.api.chat.ChatTemplate;
import dev.transom.api.chat.ChatTemplates;
import dev.transom.api.chat.Conversation;
import dev.transom.api.chat.ToolCall;
import dev.transom.api.engine.Engine;
import dev.transom.api.engine.Engines;
import dev.transom.api.engine.Generation;
import dev.transom.api.model.OpenModel;
import dev.transom.api.task.TextGeneration;
import dev.transom.api.tokenizer.Encoding;
import dev.transom.api.tokenizer.Tokenizer;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A model that answers from a list; its template writes role and content of each message. */
class ChatCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Deque<String> answers = new ArrayDeque<>();
    private final List<TextGeneration.Prompt> prompts = new ArrayList<>();
    private final List<Conversation> conversations = new ArrayList<>();
    private Generation.Finish finish = Generation.Finish.STOP_ID;
    private boolean hasTemplate = true;
    private int context = 50;

    @TempDir
    Path folder;

    @BeforeEach
    void hasAnswers() {
        answers.addAll(List.of("first", "second", "third"));
    }

    @Test
    void eachLineIsATurnAndEarlierTurnsGoAlong() {
        assertEquals(0, run("Hello\n\nAnd now?\n", "--system", "Be kind."));
        assertEquals("first\nsecond\n", out.toString());
        assertEquals("system:Be kind. user:Hello", prompts.getFirst().text());
        assertEquals("system:Be kind. user:Hello assistant:first user:And now?", prompts.getLast().text());
        assertFalse(prompts.getFirst().special());
        assertEquals(Set.of(7), prompts.getFirst().stopIds());
        assertEquals("", err.toString());
    }

    @Test
    void linesGoOnWithQuotesAndBackslashes() {
        run("\"\"\"one\ntwo\"\"\"\na \\\nb\n\"\"\" x \"\"\"\n");
        assertEquals(List.of("user:one\ntwo", "user:a \nb", "user:x"), conversations.stream().map(c -> last(c)).toList());
    }

    private static String last(Conversation conversation) {
        return conversation.messages().getLast().get("role") + ":" + conversation.messages().getLast().get("content");
    }

    @Test
    void commandsChangeTheConversation() {
        run("Hello\n/reset\nHi\n/system Be brief.\n/set temperature 0.3\n/set max_tokens 5\nWho?\n/exit\nnever\n");
        assertEquals("user:Hi", prompts.get(1).text());
        assertEquals("system:Be brief. user:Who?", prompts.get(2).text());
        assertEquals(0.3, prompts.get(2).options().values().get("temperature"));
        assertEquals(5, prompts.get(2).maxTokens());
        assertEquals(3, prompts.size());
        assertEquals("The conversation starts anew.\nThe conversation starts anew with this system message.\n", err.toString());
    }

    @Test
    void savesAndLoadsConversations() throws Exception {
        Path file = folder.resolve("talk.json");
        run("Hello\n/save " + file + "\n/save " + file + "\n", "--system", "S");
        assertTrue(err.toString().contains("Saved to " + file + ".\n" + file + ": the file must not be there yet; it is. Give another name.\n"));
        err.getBuffer().setLength(0);
        run("Go on\n", "--load", file.toString());
        assertEquals("system:S user:Hello assistant:first user:Go on", prompts.getLast().text());
        Files.writeString(folder.resolve("bad.json"), "{\"messages\": [{\"role\": \"chef\", \"content\": \"x\"}]}");
        assertEquals(folder.resolve("bad.json") + ": it must be an object with messages, each with a role (system, user, assistant, tool) and "
            + "content; it is not.", refusal("", "--load", folder.resolve("bad.json").toString()));
    }

    @Test
    void showsToolCallsAndTakesTheirResults() throws Exception {
        Path tools = Files.writeString(folder.resolve("tools.json"), "[{\"name\": \"add\", \"description\": \"adds\", \"parameters\": {}}]");
        answers.addFirst("Sure. <tool_call>{\"name\": \"add\"}</tool_call>");
        run("/result 3\nAdd\n/result 3\n", "--tools", tools.toString());
        assertTrue(err.toString().contains("/result: the model must have called a function; it has not.\n"), err.toString());
        assertTrue(err.toString().contains("Calls add: {\"a\":1} — answer with /result TEXT.\n"), err.toString());
        Conversation second = conversations.getLast();
        assertEquals("Sure.", second.messages().get(1).get("content"));
        assertEquals(Map.of("role", "tool", "content", "3", "tool_call_id", "call00001", "name", "add"), second.messages().get(2));
        assertEquals(Map.of("name", "add", "description", "adds", "parameters", Map.of()), second.tools().getFirst().get("function"));
    }

    @Test
    void saysWhyAnAnswerEndedEarly() {
        finish = Generation.Finish.CONTEXT;
        run("Hello\n", "--stats");
        assertTrue(err.toString().startsWith("The context of 50 tokens is full, so the answer ends here. Start anew with /reset, load more with "
            + "--context N, or let the model forget with --context-full shift.\n1 + 1 of 50 tokens, first after "), err.toString());
    }

    @Test
    void refusesWhatDoesNotFit() {
        context = 1;
        assertEquals("chat: the conversation must fit into the context of 1 tokens with room for an answer; it has 1. Start anew with /reset, "
            + "or load more with --context N.", refusal("Hello\n"));
    }

    @Test
    void refusesModelsWithoutTemplateAndWrongOptions() {
        hasTemplate = false;
        assertEquals("model m: a chat needs the model's chat template; it has none. Give one with --template FILE, or continue text with generate.",
            refusal("Hello\n"));
        hasTemplate = true;
        run("/nope\n/set temperature hot\n/set a b c\n/save\n");
        assertEquals("""
            /nope: there is no such command. /help lists them.
            /set temperature: the value must be a number; got hot.
            /set: an option and its value are required; got a b c. Example: /set temperature 0.7
            /save: a file is required. Example: /save talk.json
            """, err.toString());
        assertTrue(prompts.isEmpty());
    }

    private String refusal(String in, String... options) {
        return assertThrows(TransomException.class, () -> run(in, options)).getMessage();
    }

    private int run(String in, String... options) {
        Session session = new Session(new PrintWriter(out), new PrintWriter(err), new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
            false, false, 80, Path.of("").toAbsolutePath());
        CommandLine line = new CommandLine(new ChatCommand(session, engines(), task(), templates()));
        List<Exception> failures = new ArrayList<>();
        line.setExecutionExceptionHandler((failure, _, _) -> failures.add(failure) ? 2 : 0);
        List<String> arguments = new ArrayList<>(List.of("m"));
        arguments.addAll(List.of(options));
        int code = line.execute(arguments.toArray(String[]::new));
        for (Exception failure : failures) {
            if (failure instanceof TransomException refusal) {
                throw refusal;
            }
            throw new AssertionError(failure);
        }
        return code;
    }

    private ChatTemplates templates() {
        ChatTemplate template = new ChatTemplate() {
            @Override
            public String render(Conversation conversation) {
                conversations.add(conversation);
                return String.join(" ", conversation.messages().stream().map(m -> m.get("role") + ":" + m.get("content")).toList());
            }

            @Override
            public boolean takesTools() {
                return true;
            }

            @Override
            public List<ToolCall> toolCalls(String answer) {
                return answer.contains("<tool_call>") ? List.of(new ToolCall("add", Map.of("a", 1L))) : List.of();
            }
        };
        return fake(ChatTemplates.class, (method, _) -> method.equals("stopIds") ? Set.of(7) : hasTemplate ? Optional.of(template) : Optional.empty());
    }

    private TextGeneration task() {
        return fake(TextGeneration.class, (_, arguments) -> {
            prompts.add((TextGeneration.Prompt) arguments[1]);
            return answering(answers.removeFirst());
        });
    }

    private Generation answering(String text) {
        Deque<Generation.Token> tokens = new ArrayDeque<>(List.of(new Generation.Token(1, text, 0, List.of())));
        return fake(Generation.class, (method, _) -> switch (method) {
            case "next" -> Optional.ofNullable(tokens.poll());
            case "finish" -> finish;
            default -> null;
        });
    }

    private Engines engines() {
        Tokenizer tokenizer = fake(Tokenizer.class, (_, arguments) -> {
            int length = ((String) arguments[0]).split(" ").length;
            return new Encoding(new int[length], new int[length], List.of(), new Encoding.Offset[0], new int[0], new int[0], new int[0],
                new int[0], List.of());
        });
        OpenModel model = fake(OpenModel.class, (_, _) -> tokenizer);
        Engine engine = fake(Engine.class, (method, _) -> switch (method) {
            case "model" -> model;
            case "context" -> context;
            default -> null;
        });
        return fake(Engines.class, (_, _) -> engine);
    }

    private interface Answering {
        Object answer(String method, Object[] arguments);
    }

    private static <T> T fake(Class<T> type, Answering answering) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
            (_, method, arguments) -> answering.answer(method.getName(), arguments)));
    }
}
