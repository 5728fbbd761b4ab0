package dev.transom.chat.internal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.transom.api.TransomException;
import dev.transom.api.chat.Conversation;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Spoilt templates are refused by one sentence or rendered; {@code -Dtransom.mutations=N} spoils more. */
class MutatedTemplatesTest {

    private static final int MUTATIONS = Integer.getInteger("transom.mutations", 1000);
    private static final long SEED = Long.getLong("transom.seed", 4);
    private static final Pattern LEXEMES = Pattern.compile("\\{[{%#][-+]?|[-+]?[}%#]\\}|'[^']*'|\"[^\"]*\"|\\w+|\\S");
    private static final List<String> HOSTILE = List.of("{{", "}}", "{%", "%}", "{%- for m in messages %}", "{% endfor %}", "{% if", "range(100000)",
            "range(99999) | list", "'x' * 100000", "messages * 1000", "none", "loop", "namespace", "(((", "]]", "[::-1]", "| tojson", "| map",
            "+", "~", "**", "in", "is", "not", "set", "macro", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "raise_exception", "9223372036854775807",
            "{% set messages = messages + messages %}", "'\\ud800'", "\u0000", "🙂", "else", "elif", "endif", "recursive", "include", "tojson(indent=99)");

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Random random = new Random(SEED);

    @Test
    void refusesOrRendersEveryMutation() throws IOException {
        List<String> templates = templates();
        Conversation conversation = conversation();
        int refused = 0;
        for (int round = 0; round < MUTATIONS; round++) {
            String template = mutated(templates.get(round % templates.size()));
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            long time = THREADS.getCurrentThreadCpuTime();
            try {
                JinjaChatTemplate.of("model", template, Map.of("bos_token", "<s>"), Clock.systemUTC()).render(conversation);
            } catch (TransomException e) {
                refused++;
                String message = e.getMessage();
                assertTrue(message.matches("model, line \\d+: [^\\n]+[.!?]") && message.length() < 600, message);
                assertFalse(message.contains("Exception:"), message);
            } catch (Throwable e) {
                throw new AssertionError("round " + round + ": " + template, e);
            }
            long milliseconds = (THREADS.getCurrentThreadCpuTime() - time) / 1_000_000;
            long bytes = THREADS.getCurrentThreadAllocatedBytes() - allocated;
            String where = "round " + round + ": " + milliseconds + " ms, " + bytes + " bytes allocated: ";
            assertTrue(milliseconds < 1000 && bytes < 16_000_000 + 8L * template.length(), () -> where + template);
        }
        assertTrue(refused > MUTATIONS / 5 && refused < MUTATIONS, "refused " + refused);
    }

    private static List<String> templates() throws IOException {
        List<String> templates = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/golden/chat_templates"))) {
            for (Path file : files.filter(f -> f.endsWith("template.jinja")).sorted().toList()) {
                templates.add(Files.readString(file));
            }
        }
        return templates;
    }

    private static Conversation conversation() {
        Map<String, Object> tool = Map.of("type", "function", "function", Map.of("name", "f", "description", "d", "parameters", Map.of()));
        return new Conversation(List.of(Conversation.message("user", "Hello, 今天 🙂!"), Conversation.message("assistant", "Hi."),
                Conversation.message("user", "And now?")), List.of(tool), true, Map.of());
    }

    private String mutated(String good) {
        String text = good;
        for (int i = random.nextInt(3); i >= 0; i--) {
            List<MatchResult> lexemes = LEXEMES.matcher(text).results().toList();
            if (lexemes.isEmpty()) {
                return text;
            }
            MatchResult one = lexemes.get(random.nextInt(lexemes.size()));
            String replacement = switch (random.nextInt(5)) {
                case 0 -> "";
                case 1 -> lexemes.get(random.nextInt(lexemes.size())).group();
                case 2 -> one.group() + " " + HOSTILE.get(random.nextInt(HOSTILE.size())) + " ";
                default -> HOSTILE.get(random.nextInt(HOSTILE.size()));
            };
            text = text.substring(0, one.start()) + replacement + text.substring(one.end());
            if (random.nextInt(12) == 0) {
                text = text.substring(0, random.nextInt(text.length() + 1));
            }
        }
        return text;
    }
}
