package dev.transom.app.conform.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.TransomException;
import dev.transom.api.application.Session;
import dev.transom.api.backend.Backends;
import dev.transom.api.backend.PlanOptions.Numerics;
import dev.transom.api.conformance.CaseKit;
import dev.transom.api.conformance.CaseKit.Comparison;
import dev.transom.api.conformance.CaseKit.Judged;
import dev.transom.api.conformance.CaseKit.Missing;
import dev.transom.api.conformance.CaseKit.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the command prints and how it exits, with kits that know their verdicts. */
class ConformCommandTest {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final List<CaseKit.Options> asked = new ArrayList<>();

    @Test
    void printsDifferenceAndToleranceOfEveryItemAndTheCount() throws IOException {
        write("a/case.json", "{\"kind\": \"good\"}");
        assertEquals(0, conform(kit("good", new Judged("", List.of(new Comparison("logits", 1.5e-6, 4e-4),
            new Comparison("greedy.0", 0, 0)), List.of())), "."));
        assertEquals("""
            a: passed
                logits                                         1.50e-06 of  4.00e-04
                greedy.0                                      equal
            1 passed, 0 failed, 0 missing
            """, out());
    }

    @Test
    void printsANameOnceAndOnOneLine() throws IOException {
        write("own/a/case.json", "{\"kind\": \"good\"}");
        conform(kit("good", new Judged("a", List.of(new Comparison("one\nname\u0007", 0, 0)), List.of())), ".");
        assertEquals("own/a: passed\n    one\\nname?                                    equal\n1 passed, 0 failed, 0 missing\n", out());
    }

    @Test
    void exitsWithOneWhenAnItemFails() throws IOException {
        write("a/case.json", "{\"kind\": \"good\"}");
        assertEquals(1, conform(kit("good", new Judged("x", List.of(new Comparison("logits", 1, 0.5),
            new Comparison("greedy.0", 3, 0), new Comparison("loss", Double.POSITIVE_INFINITY, 1)), List.of())), "."));
        assertEquals("""
            a x: FAILED
                logits                                         1.00e+00 of  5.00e-01  FAILED
                greedy.0                                      3 differ  FAILED
                loss                                          no such result, or not a number  FAILED
            0 passed, 1 failed, 0 missing
            """, out());
    }

    @Test
    void namesWhatIsMissingAndExitsWithOne() throws IOException {
        write("a/case.json", "{\"kind\": \"good\"}");
        write("b/case.json", "{\"kind\": \"unheard\"}");
        assertEquals(1, conform(kit("good", new Missing("", "architecture model_type=bart")), "."));
        assertEquals("""
            a: missing architecture model_type=bart
            b: missing kit for kind unheard
            0 passed, 0 failed, 2 missing
            """, out());
    }

    @Test
    void countsWhatIsSkippedAndNamesItIfAsked() throws IOException {
        write("case.json", "{\"kind\": \"good\"}");
        Judged judged = new Judged("", List.of(), List.of("beam.0: there is no beam search", "beam.1: there is no beam search"));
        assertEquals(0, conform(kit("good", judged), "."));
        String name = folder.getFileName().toString();
        assertEquals(name + ": passed, 2 skipped\n2 expected items skipped; --verbose says which and why\n"
            + "1 passed, 0 failed, 0 missing\n", out());
        assertEquals(0, conform(kit("good", judged), ".", "--verbose"));
        assertEquals(name + ": passed, 2 skipped\n    skipped beam.0: there is no beam search\n"
            + "    skipped beam.1: there is no beam search\n2 expected items skipped\n1 passed, 0 failed, 0 missing\n", out());
    }

    @Test
    void aCaseThatCannotBeReadFailsAloneInASentence() throws IOException {
        write("a/case.json", "{\"kind\": ");
        write("b/case.json", "{\"name\": \"b\"}");
        write("c/case.json", "{\"kind\": \"good\"}");
        assertEquals(1, conform(kit("good", new Judged("", List.of(), List.of())), "."));
        String[] lines = out().split("\n");
        assertEquals("a: FAILED", lines[0]);
        String unreadable = "    " + folder.resolve("a/case.json") + ": it must be a readable JSON object; ";
        assertTrue(lines[1].startsWith(unreadable), lines[1]);
        assertEquals("b: FAILED", lines[2]);
        assertEquals("    " + folder.resolve("b/case.json")
            + ": kind is required, so that a kit can be found; it is absent. Add it.", lines[3]);
        assertEquals("c: passed", lines[4]);
        assertEquals("1 passed, 2 failed, 0 missing", lines[5]);
    }

    @Test
    void aKitThatBreaksDoesNotEndTheJudging() throws IOException {
        write("a/case.json", "{\"kind\": \"good\"}");
        assertEquals(1, conform(new Kit("good", _ -> {
            throw new IllegalStateException("boom");
        }), "."));
        assertEquals("a: FAILED\n    the kit must judge the case; it stopped with java.lang.IllegalStateException: boom.\n"
            + "0 passed, 1 failed, 0 missing\n", out());
    }

    @Test
    void anInterruptEndsTheJudging() throws IOException {
        write("a/case.json", "{\"kind\": \"good\"}");
        write("b/case.json", "{\"kind\": \"good\"}");
        CaseKit kit = new Kit("good", _ -> {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        });
        assertThrows(CancellationException.class, () -> conform(kit, "."));
        assertTrue(Thread.interrupted());
        assertEquals(1, asked.size());
    }

    @Test
    void tellsKitsWhatWasAsked() throws IOException {
        write("a/case.json", "{\"kind\": \"good\"}");
        conform(kit("good", new Judged("", List.of(), List.of())), "a/case.json", "--backend", "cpu", "--gradients",
            "--models", "m");
        assertEquals(new CaseKit.Options("cpu", Numerics.EXACT, true, Optional.of(folder.resolve("m")), false), asked.getFirst());
    }

    @Test
    void printsJsonForMachines() throws IOException {
        write("a/case.json", "{\"kind\": \"good\"}");
        assertEquals(1, conform(kit("good", new Judged("", List.of(new Comparison("loss", Double.POSITIVE_INFINITY, 0.5)),
            List.of())), ".", "--json"));
        assertEquals("""
            {"case":"a","verdict":"failed","items":[{"item":"loss","difference":null,"tolerance":0.5,"passed":false}],\
            "skipped":[]}
            {"passed":0,"failed":1,"missing":0,"skipped":0}
            """, out());
    }

    @Test
    void refusesFoldersWithoutCasesAndUnknownBackends() throws IOException {
        Files.createDirectory(folder.resolve("empty"));
        assertEquals(folder.resolve("empty") + ": at least one case.json is required below it; there is none. Give a folder of"
            + " reference cases.", refusal("empty"));
        assertEquals(folder.resolve("absent") + ": a folder of reference cases is required; there is nothing at this path."
            + " Check the path.", refusal("absent"));
        write("a/case.json", "{\"kind\": \"good\"}");
        assertEquals("backend gpu: there is none.", refusal("a", "--backend", "gpu"));
    }

    private String refusal(String... words) {
        ConformCommand command = command(kit("good", new Judged("", List.of(), List.of())));
        new CommandLine(command).parseArgs(words);
        return assertThrows(TransomException.class, command::call).getMessage();
    }

    private int conform(CaseKit kit, String... words) {
        ConformCommand command = command(kit);
        new CommandLine(command).parseArgs(words);
        return command.call();
    }

    private ConformCommand command(CaseKit kit) {
        PrintWriter printing = new PrintWriter(out);
        Session session = new Session(printing, printing, InputStream.nullInputStream(), false, false, 80, folder);
        Backends backends = (name, _) -> {
            if (!name.orElseThrow().equals("cpu")) {
                throw new TransomException("backend " + name.get() + ": there is none.");
            }
            return null;
        };
        return new ConformCommand(session, List.of(kit), backends);
    }

    /** What was printed since the last time. */
    private String out() {
        String printed = out.toString().replace(System.lineSeparator(), "\n");
        out.getBuffer().setLength(0);
        return printed;
    }

    private void write(String file, String content) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), content);
    }

    private CaseKit kit(String kind, Verdict verdict) {
        return new Kit(kind, report -> report.accept(verdict));
    }

    /** A kit that gives what it is told to give. */
    private final class Kit implements CaseKit {

        private final String kind;
        private final Consumer<Consumer<Verdict>> verdicts;

        Kit(String kind, Consumer<Consumer<Verdict>> verdicts) {
            this.kind = kind;
            this.verdicts = verdicts;
        }

        @Override
        public List<String> kinds() {
            return List.of(kind);
        }

        @Override
        public void judge(Path file, Options options, Consumer<Verdict> report) {
            asked.add(options);
            verdicts.accept(report);
        }
    }
}
