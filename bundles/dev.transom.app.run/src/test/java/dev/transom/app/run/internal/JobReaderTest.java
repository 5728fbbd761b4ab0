package dev.transom.app.run.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.transom.api.TransomException;
import dev.transom.api.backend.PlanOptions.Numerics;
import dev.transom.api.engine.GenerationRequest.ContextFull;
import dev.transom.api.sampler.SamplingOptions.Phrase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobReaderTest {

    @TempDir
    private Path folder;

    @Test
    void readsAJobOfOneStep() throws Exception {
        Step step = read("""
            {"model": "m", "input": "in.csv", "output": "sub/../out.jsonl", "field": "q", "options": {"max_tokens": 9, "seed": 3,
             "temperature": 0.5, "logit_bias": {"7": -2, "no": 1}, "bad_words": ["foo", [1, 2], 3], "samplers": ["bad_words"],
             "stop": "x", "numerics": "fast", "context_full": "shift", "threads": 2}}""").getFirst();
        assertEquals(folder.resolve("in.csv"), step.input());
        assertEquals(folder.resolve("out.jsonl"), step.output());
        assertEquals(Step.Task.GENERATION, step.task());
        assertEquals(Step.Format.CSV, step.format());
        assertEquals("q", step.field());
        StepOptions options = step.options().checked();
        assertEquals(9, options.maxTokens());
        assertEquals(3, options.seed());
        assertEquals(List.of("x"), options.stops());
        assertEquals(ContextFull.SHIFT, options.contextFull());
        assertEquals(Numerics.FAST, options.engine(4, 0).numerics());
        assertEquals(2, options.engine(4, 0).threads());
        assertEquals(Map.of("temperature", 0.5), options.sampling().values());
        assertEquals(List.of(new Phrase("", List.of(7), -2), new Phrase("no", List.of(), 1)), options.sampling().phrases("logit_bias"));
        assertEquals(List.of(Phrase.of("foo"), Phrase.of(1, 2), Phrase.of(3)), options.sampling().phrases("bad_words"));
        assertEquals(List.of("bad_words"), options.sampling().order());
        assertEquals(Set.of("max_tokens", "seed", "temperature", "logit_bias", "bad_words", "samplers", "stop", "numerics", "context_full"),
            options.deciding().keySet(), "threads change no answer");
    }

    @Test
    void stepsTakeFromTheJobWhatTheyLeaveOut() throws Exception {
        List<Step> steps = read("""
            {"model": "m", "options": {"max_tokens": 9}, "steps": [{"input": "a.txt", "output": "b.jsonl"},
             {"model": "e", "task": "embedding", "input": "b.jsonl", "output": "c.jsonl", "field": "text", "options": {}}]}""");
        assertEquals("m", steps.get(0).model());
        assertEquals(Step.Format.TEXT, steps.get(0).format());
        assertEquals(9, steps.get(0).options().maxTokens());
        assertEquals("e", steps.get(1).model());
        assertEquals(Step.Task.EMBEDDING, steps.get(1).task());
        assertEquals(0, steps.get(1).options().maxTokens());
        assertEquals("step 2", steps.get(1).name());
    }

    @Test
    void offersTheNearestKey() {
        assertEquals("JOB: a key must be one that the job knows; got 'modle'. Did you mean model?", refusal("{\"modle\": \"m\"}"));
        assertEquals("JOB: job: options: a key must be one that the job knows; got 'temprature'. Did you mean temperature?",
            refusal("{\"model\": \"m\", \"input\": \"a\", \"output\": \"b\", \"options\": {\"temprature\": 1}}"));
        assertEquals("JOB: step 1: a key must be one that the job knows; got 'outputs'. Did you mean output?",
            refusal("{\"model\": \"m\", \"steps\": [{\"outputs\": \"m\"}]}"));
    }

    @Test
    void refusesWhatIsNoJobInOneSentence() {
        assertEquals("JOB: job: input is required; it is absent. Add it to the job.", refusal("{\"model\": \"m\", \"output\": \"b\"}"));
        assertEquals("JOB: job: task must be one of [generation, embedding]; got 'chat'.",
            refusal("{\"model\": \"m\", \"input\": \"a\", \"output\": \"b\", \"task\": \"chat\"}"));
        assertEquals("JOB: job: an output must be a file of its own; got OUT once more. Name another.",
            refusal("{\"model\": \"m\", \"input\": \"a\", \"output\": \"a\"}").replace(folder.resolve("a").toString(), "OUT"));
        assertEquals("JOB: job: options: max_tokens must be a whole number of at least 1; got 0.", assertThrows(TransomException.class,
            () -> read("{\"model\": \"m\", \"input\": \"a\", \"output\": \"b\", \"options\": {\"max_tokens\": 0}}").getFirst().options()
                .checked()).getMessage().replace(folder.resolve("job.json").toString(), "JOB"));
    }

    private String refusal(String json) {
        return assertThrows(TransomException.class, () -> read(json)).getMessage().replace(folder.resolve("job.json").toString(), "JOB");
    }

    private List<Step> read(String json) throws IOException {
        Files.writeString(folder.resolve("job.json"), json);
        return new JobReader(folder, Set.of("temperature", "top_k", "logit_bias", "bad_words")).read(folder.resolve("job.json"));
    }
}
