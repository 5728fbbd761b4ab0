package dev.transom.app.run.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.TransomException;
import dev.transom.api.application.Progress;
import dev.transom.api.application.Session;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RunCommandTest {

    private static final String JOB = "{\"model\": \"m\", \"input\": \"in.jsonl\", \"output\": \"out.jsonl\", \"options\": {\"seed\": 10}}";
    private static final String WHOLE = """
        {"line":1,"text":"cba","finish":"length","tokens":3}
        {"line":2,"id":"x","error":"a line must have a text 'text'; got null. Name another with field in the job."}
        {"line":3,"error":"a prompt must fit the context; it does not. Shorten it."}
        {"line":4,"error":"logits must be numbers; they are NaN. Check the weights."}
        {"line":5,"id":7,"text":"","finish":"length","tokens":0}
        {"line":6,"text":"fed","finish":"length","tokens":3}
        """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private Fakes fakes = new Fakes();

    @BeforeEach
    void writeInputs() throws IOException {
        Files.writeString(folder.resolve("job.json"), JOB);
        Files.writeString(folder.resolve("in.jsonl"), """
            "abc"
            {"id": "x"}
            "long"
            "nan"
            {"prompt": "", "id": 7, "seed": 5}
            "def"
            """);
    }

    @Test
    void answersEachLineInOrderBadOnesToo() throws Exception {
        assertEquals(1, run("job.json"), "some lines failed");
        assertEquals(WHOLE, answers());
        assertTrue(out.toString().startsWith("job: 6 lines in " + folder.resolve("out.jsonl") + ", 3 failed; 6 tokens in "), out::toString);
        assertEquals(11, fakes.prompts.get(1).seed(), "the first is the trial of the options");
        assertEquals(5, fakes.prompts.stream().filter(prompt -> prompt.text().isEmpty()).findFirst().orElseThrow().seed());
    }

    @Test
    void goesOnFromAnyPlaceToTheSameOutput() throws Exception {
        run("job.json");
        for (int length = 0; length <= WHOLE.length(); length += 7) {
            Files.writeString(folder.resolve("out.jsonl"), WHOLE.substring(0, length));
            assertEquals(1, run("job.json", "--resume"));
            assertEquals(WHOLE, answers());
        }
        int loaded = fakes.opened.size();
        assertEquals(1, run("job.json", "--resume"));
        assertEquals(loaded, fakes.opened.size(), "what is done loads no model");
        Files.delete(folder.resolve("out.jsonl"));
        run("job.json", "--resume");
        assertEquals(WHOLE, answers());
    }

    @Test
    void messagesGoThroughTheModelsTemplate() throws Exception {
        Files.writeString(folder.resolve("in.jsonl"), """
            {"messages": [{"role": "system", "content": "s"}, {"role": "user", "content": "hi"}]}
            {"messages": [1]}
            """);
        assertEquals(1, run("job.json"));
        assertEquals("""
            {"line":1,"text":"ih>resu|s>metsys","finish":"length","tokens":16}
            {"line":2,"error":"messages must be objects; got 1."}
            """, answers());
        assertFalse(fakes.prompts.getLast().special(), "the template writes the markers");
        assertEquals(Set.of(7), fakes.prompts.getLast().stopIds());
    }

    @Test
    void refusesAnOutputThatIsThere() throws Exception {
        Files.writeString(folder.resolve("out.jsonl"), "mine");
        assertEquals("OUT: an output must not exist; it does. Go on with it (--resume) or replace it (--overwrite).", refusal("job.json"));
        assertEquals("OUT: to go on with it, out.jsonl.state must lie beside it; it cannot be read. Begin anew with --overwrite.",
            refusal("job.json", "--resume"));
        assertEquals("mine", answers());
        assertEquals(1, run("job.json", "--overwrite"));
        assertEquals(WHOLE, answers());
    }

    @Test
    void refusesToGoOnWithAChangedJobOrInput() throws Exception {
        run("job.json");
        Files.writeString(folder.resolve("job.json"), JOB.replace("10", "11"));
        assertEquals("OUT: only the job that began it may go on with it; options was {\"seed\":10} and is {\"seed\":11}. Undo the change, or "
            + "begin anew with --overwrite.", refusal("job.json", "--resume"));
        Files.writeString(folder.resolve("job.json"), JOB);
        Files.writeString(folder.resolve("in.jsonl"), "\"abc\"\n");
        assertTrue(refusal("job.json", "--resume").contains("input_bytes was 72 and is 6."), refusal("job.json", "--resume"));
    }

    @Test
    void stopsAfterTooManyFailuresAndGoesOnWhenMoreAreAllowed() throws Exception {
        assertEquals("OUT: at most 1 lines may fail; line 3 is one more. Its answer tells why; go on with --resume and a larger "
            + "--max-failures.", refusal("job.json", "--max-failures", "1"));
        assertEquals(3, answers().lines().count());
        assertEquals(1, run("job.json", "--resume", "--max-failures", "3"));
        assertEquals(WHOLE, answers());
    }

    @Test
    void aLostDeviceEndsTheJobAndBlamesNoLine() throws Exception {
        fakes.loseAfter = 1;
        assertEquals("model m: the device is lost. Open the model again.", refusal("job.json"));
        assertEquals(3, answers().lines().count());
        fakes = new Fakes();
        run("job.json", "--resume");
        assertEquals(WHOLE, answers());
    }

    @Test
    void aStepMayReadWhatAnEarlierOneWrote() throws Exception {
        Files.writeString(folder.resolve("job.json"), """
            {"model": "m", "steps": [{"input": "in.jsonl", "output": "out.jsonl"},
             {"task": "embedding", "input": "out.jsonl", "output": "vectors.jsonl", "field": "text"}]}""");
        run("job.json", "--json");
        assertTrue(out.toString().contains("\"step\":\"step 2\",\"items\":6,\"answered_before\":0,\"failures\":3"), out::toString);
        assertTrue(Files.readString(folder.resolve("vectors.jsonl")).startsWith("{\"line\":1,\"embedding\":[3.0,0.1]}\n{\"line\":2,\"id\":\"x\""));
    }

    @Test
    void aTextThatCannotBeEmbeddedIsTheOnlyOneReported() throws Exception {
        Files.writeString(folder.resolve("job.json"), JOB.replace("\"options\"", "\"task\": \"embedding\", \"options\""));
        run("job.json");
        assertEquals("{\"line\":3,\"error\":\"a text must fit; it does not. Shorten it.\"}", answers().lines().toList().get(2));
        assertEquals("{\"line\":4,\"embedding\":[3.0,0.1]}", answers().lines().toList().get(3));
    }

    @Test
    void aDryRunLoadsAndWritesNothing() {
        assertEquals(0, run("job.json", "--dry-run"));
        assertTrue(out.toString().contains("6 items of jsonl"), out::toString);
        assertTrue(out.toString().contains("6 rows that share steps"), out::toString);
        assertEquals(List.of(), fakes.opened);
        assertFalse(Files.exists(folder.resolve("out.jsonl")));
    }

    @Test
    void refusesAnInputThatIsNotThere() throws Exception {
        Files.delete(folder.resolve("in.jsonl"));
        assertEquals(folder.resolve("in.jsonl") + ": job needs this input; there is no such file. Check the path.", refusal("job.json"));
    }

    private String answers() throws IOException {
        return Files.readString(folder.resolve("out.jsonl"));
    }

    private String refusal(String... words) {
        return assertThrows(TransomException.class, () -> run(words)).getMessage().replace(folder.resolve("out.jsonl").toString(), "OUT");
    }

    private int run(String... words) {
        Session session = new Session(new PrintWriter(out), new PrintWriter(new StringWriter()), new ByteArrayInputStream(new byte[0]), false,
            false, 80, folder);
        CommandLine line = new CommandLine(new RunCommand(session, RunCommandTest::bar, fakes.workers(), Set.of("temperature")));
        List<Exception> failures = new ArrayList<>();
        line.setExecutionExceptionHandler((failure, _, _) -> failures.add(failure) ? 2 : 0);
        int code = line.execute(words);
        if (!failures.isEmpty()) {
            throw (RuntimeException) failures.getFirst();
        }
        return code;
    }

    private static Progress bar(Session session, String label, String unit, long total) {
        return new Progress() {
            @Override
            public void to(long done) {
                assertTrue(done >= 0 && done <= total);
            }

            @Override
            public void close() {
                // Nothing is drawn.
            }
        };
    }
}
