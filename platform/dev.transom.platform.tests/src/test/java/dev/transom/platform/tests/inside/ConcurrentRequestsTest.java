package dev.transom.platform.tests.inside;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.transom.api.backend.PlanOptions.Numerics;
import dev.transom.api.engine.Engine;
import dev.transom.api.engine.EngineOptions;
import dev.transom.api.engine.Engines;
import dev.transom.api.engine.Generation;
import dev.transom.api.engine.Generation.Token;
import dev.transom.api.engine.GenerationRequest;
import dev.transom.api.sampler.SamplingOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Under exact numerics a request gives the same bits alone, among others, forked, and from what others left in the cache. */
class ConcurrentRequestsTest {

    private static final int REQUESTS = 64;
    private static final EngineOptions ALONE = new EngineOptions(Optional.empty(), Numerics.EXACT, 2, 128, 1, 64).withReuse(false);
    private static final EngineOptions TOGETHER = new EngineOptions(Optional.empty(), Numerics.EXACT, 2, 128, 64, 96);

    @Test
    void sixtyFourRequestsOfMixedLengthsGiveWhatEachGivesAlone() throws Exception {
        List<GenerationRequest> requests = requests();
        List<List<Token>> alone = new ArrayList<>();
        try (Engine engine = open(ALONE)) {
            for (GenerationRequest request : requests) {
                alone.add(engine.submit(request).all());
            }
        }
        try (Engine engine = open(TOGETHER)) {
            assertEquals(alone, together(engine, requests), "nothing in the cache yet");
            assertEquals(alone, together(engine, requests), "prompts and answers in the cache");
            for (int i = 0; i < REQUESTS; i += 9) {
                Generation trunk = engine.submit(requests.get((i + 1) % REQUESTS));
                Generation parent = engine.submit(requests.get(i));
                Generation fork = parent.fork(requests.get(i).seed());
                trunk.cancel();
                assertEquals(alone.get(i), fork.all());
                assertEquals(alone.get(i), parent.all());
            }
        }
    }

    private static Engine open(EngineOptions options) {
        return Services.one(Engines.class).open("bundle:jargon", Path.of("").toAbsolutePath(), options);
    }

    /** Every fifth one is cancelled at once and asked again. */
    private static List<List<Token>> together(Engine engine, List<GenerationRequest> requests) throws InterruptedException {
        List<Generation> running = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            if (i % 5 == 0) {
                engine.submit(requests.get(i)).cancel();
            }
            running.add(engine.submit(requests.get(i)));
        }
        List<List<Token>> answers = new ArrayList<>();
        for (Generation generation : running) {
            answers.add(generation.all());
        }
        return answers;
    }

    /** Half of the prompts begin alike; half of the answers are drawn. */
    private static List<GenerationRequest> requests() {
        Random random = new Random(1);
        List<Integer> common = random.ints(70, 1, 1000).boxed().toList();
        List<GenerationRequest> requests = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            List<Integer> prompt = new ArrayList<>(common.subList(0, i % 2 == 0 ? 0 : 35 + random.nextInt(35)));
            prompt.addAll(random.ints(1 + random.nextInt(40), 1, 1000).boxed().toList());
            SamplingOptions sampling = i % 3 == 0 ? SamplingOptions.GREEDY
                    : SamplingOptions.NONE.with("temperature", 0.9).with("top_p", 0.95).with("repetition_penalty", 1.1);
            requests.add(new GenerationRequest(prompt, List.of(), 1 + random.nextInt(18), sampling, i, Set.of(), List.of(), 3));
        }
        return requests;
    }
}
