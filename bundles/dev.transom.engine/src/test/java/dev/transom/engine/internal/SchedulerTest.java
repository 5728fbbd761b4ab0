package dev.transom.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.ModelFacts.Structure;
import dev.transom.api.engine.Generation;
import dev.transom.api.engine.Generation.Finish;
import dev.transom.api.engine.GenerationRequest;
import dev.transom.api.sampler.SamplingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SchedulerTest {

    private static final SamplingOptions WARM = SamplingOptions.NONE.with("temperature", 0.9);

    /** One long row's blocks and a few more: rows compete for them. */
    private static final int SCARCE = (int) ((512L << 20) / 9);

    @Test
    void rowsTogetherGetExactlyWhatEachGetsAlone() throws Exception {
        for (Structure structure : List.of(Structure.CAUSAL, Structure.ENCODER_DECODER)) {
            for (int seed = 0; seed < 10; seed++) {
                Random random = new Random(seed);
                FakeModel model = new FakeModel(structure, 200, 0, "fake 1.0.0", null, false);
                List<GenerationRequest> requests = new ArrayList<>();
                for (int i = 0; i < 30; i++) {
                    requests.add(EngineFixture.random(random, 200, structure == Structure.CAUSAL ? 0 : 150));
                }
                List<List<Generation.Token>> alone = run(model, new FakeBackend("fake", 1), requests, 1, 512, true);
                FakeBackend backend = new FakeBackend("fake", seed % 2 == 0 ? 1 : SCARCE);
                int chunk = 1 + random.nextInt(100);
                assertEquals(alone, run(model, backend, requests, 1 + random.nextInt(8), chunk, false));
            }
        }
    }

    private static List<List<Generation.Token>> run(FakeModel model, FakeBackend backend, List<GenerationRequest> requests, int rows,
            int chunk, boolean oneByOne) throws Exception {
        LoadedEngine engine = EngineFixture.load(model, backend, EngineFixture.options(200, rows, chunk));
        List<List<Generation.Token>> answers = new ArrayList<>();
        List<Generation> running = new ArrayList<>();
        for (GenerationRequest request : requests) {
            Generation generation = engine.submit(request);
            running.add(generation);
            if (oneByOne) {
                answers.add(generation.all());
            }
        }
        if (!oneByOne) {
            for (Generation generation : running) {
                answers.add(generation.all());
            }
        }
        BlockAllocator allocator = engine.allocator();
        engine.close();
        assertEquals(allocator.blocks(), allocator.free());
        assertEquals(0, allocator.promised());
        assertEquals(0, backend.loaded.get());
        return answers;
    }

    @Test
    void mixesPromptsAndAnswersInOneStepWithinTheChunk() throws Exception {
        FakeBackend backend = new FakeBackend("fake", 1);
        LoadedEngine engine = EngineFixture.load(FakeModel.causal(400), backend, EngineFixture.options(400, 4, 16));
        Random random = new Random(1);
        backend.gate = new CountDownLatch(1);
        engine.submit(EngineFixture.request(EngineFixture.ids(random, 5), 200, WARM, 1));
        Generation second = engine.submit(EngineFixture.request(EngineFixture.ids(random, 100), 3, WARM, 2));
        backend.gate.countDown();
        second.all();
        engine.close();
        // Unless the first request was alone in the first step: 5 + 11 tokens, five times 1 + 15, 1 + 14.
        assertTrue(backend.mixedSteps >= 7, () -> backend.mixedSteps + " steps");
        assertEquals(16, backend.largestStep);
    }

    @Test
    void prefixComesInOneStepEvenWhileOthersDecode() throws Exception {
        FakeBackend backend = new FakeBackend("fake", 1);
        backend.prefix = 7;
        FakeModel model = new FakeModel(Structure.CAUSAL, 200, 7, "fake 1.0.0", null, false);
        LoadedEngine engine = EngineFixture.load(model, backend, EngineFixture.options(0, 3, 4));
        List<Generation> running = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            running.add(engine.submit(EngineFixture.request(EngineFixture.ids(new Random(i), 7 + i), 20 + i, WARM, i)));
        }
        for (int i = 0; i < 9; i++) {
            assertEquals(20 + i, running.get(i).all().size());
        }
        String refusal = assertThrows(TransomException.class,
            () -> engine.submit(EngineFixture.request(List.of(1, 2), 1, WARM, 0))).getMessage();
        assertEquals("model fake: a prompt must hold the model's prefix of 7 tokens; it has 2. Lengthen it.", refusal);
        engine.close();
    }

    @Test
    void aForkEqualsAFreshRequestWithTheSameTokens() throws Exception {
        for (Structure structure : List.of(Structure.CAUSAL, Structure.ENCODER_DECODER)) {
            for (boolean dynamicRope : List.of(false, true)) {
                FakeModel model = new FakeModel(structure, 200, 0, "fake 1.0.0", null, dynamicRope);
                for (int seed = 0; seed < 25; seed++) {
                    FakeBackend backend = new FakeBackend("fake", seed % 2 == 0 ? 1 : SCARCE);
                    forkEqualsFresh(EngineFixture.load(model, backend, EngineFixture.options(200, 1 + seed % 3, 40)),
                        new Random(seed), structure == Structure.CAUSAL ? List.of() : EngineFixture.ids(new Random(seed), 40));
                }
            }
        }
    }

    private static void forkEqualsFresh(LoadedEngine engine, Random random, List<Integer> source) throws Exception {
        List<Integer> prompt = EngineFixture.ids(random, 1 + random.nextInt(100));
        Generation trunk = engine.submit(new GenerationRequest(prompt, source, 60, WARM, 5, Set.of(), List.of(), 2));
        List<Integer> known = new ArrayList<>(prompt);
        List<Generation> forks = new ArrayList<>();
        List<GenerationRequest> fresh = new ArrayList<>();
        for (int taken = 0; taken < 50; taken++) {
            if (random.nextInt(8) == 0 || taken == 0) {
                forks.add(trunk.fork(taken + 1));
                fresh.add(new GenerationRequest(List.copyOf(known), source, 60 - taken, WARM, taken + 1, Set.of(), List.of(), 2));
            }
            known.add(trunk.next().orElseThrow().id());
        }
        for (int i = 0; i < forks.size(); i++) {
            assertEquals(engine.submit(fresh.get(i)).all(), forks.get(i).all());
        }
        BlockAllocator allocator = engine.allocator();
        engine.close();
        assertEquals(allocator.blocks(), allocator.free());
        assertEquals(0, allocator.promised());
    }

    @Test
    void aForkWithTheSameSeedGoesOnAsTheTrunk() throws Exception {
        LoadedEngine engine = EngineFixture.load(FakeModel.causal(100), new FakeBackend("fake", 1), EngineFixture.options(0, 4, 64));
        Generation trunk = engine.submit(EngineFixture.request(List.of(1, 2, 3), 40, WARM, 7));
        for (int i = 0; i < 10; i++) {
            trunk.next();
        }
        Generation fork = trunk.fork(7);
        assertEquals(trunk.all(), fork.all());
        engine.close();
    }

    @Test
    void cancellingFreesBlocksAndKeepsWhatWasMade() throws Exception {
        FakeBackend backend = new FakeBackend("fake", SCARCE);
        LoadedEngine engine = EngineFixture.load(FakeModel.causal(200), backend, EngineFixture.options(200, 4, 64));
        Random random = new Random(3);
        for (int round = 0; round < 40; round++) {
            List<Generation> running = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                running.add(engine.submit(EngineFixture.request(EngineFixture.ids(random, 20), 150, WARM, i)));
            }
            running.get(0).next();
            running.add(running.get(0).fork(9));
            running.forEach(Generation::cancel);
            for (Generation generation : running) {
                generation.all();
                assertTrue(Set.of(Finish.CANCELLED, Finish.LENGTH).contains(generation.finish()));
            }
        }
        BlockAllocator allocator = engine.allocator();
        assertEquals(150, engine.submit(EngineFixture.request(List.of(1), 150, WARM, 1)).all().size());
        engine.close();
        assertEquals(allocator.blocks(), allocator.free());
        assertEquals(0, allocator.promised());
    }

    @Test
    void endsForEachReason() throws Exception {
        LoadedEngine engine = EngineFixture.load(FakeModel.causal(40), new FakeBackend("fake", 1), EngineFixture.options(0, 4, 64));
        Generation length = engine.submit(EngineFixture.request(List.of(1), 5, SamplingOptions.GREEDY, 0));
        List<Integer> ids = EngineFixture.idsOf(length.all());
        assertEquals(5, ids.size());
        assertEquals(Finish.LENGTH, length.finish());

        Generation stopped = engine.submit(GenerationRequest.greedy(List.of(1), 5, Set.of(ids.get(2))));
        assertEquals(ids.subList(0, ids.indexOf(ids.get(2)) + 1), EngineFixture.idsOf(stopped.all()));
        assertEquals(Finish.STOP_ID, stopped.finish());

        Generation full = engine.submit(EngineFixture.request(EngineFixture.ids(new Random(1), 38), 5, WARM, 0));
        assertEquals(3, full.all().size(), "positions 38 and 39 are filled, the third token needs none");
        assertEquals(Finish.CONTEXT, full.finish());

        Generation none = engine.submit(EngineFixture.request(List.of(1), 0, WARM, 0));
        assertEquals(List.of(), none.all());
        assertEquals(Finish.LENGTH, none.finish());
        engine.close();
    }

    @Test
    void refusesWhatCannotRunInOneSentence() {
        LoadedEngine engine = EngineFixture.load(FakeModel.causal(40), new FakeBackend("fake", 1), EngineFixture.options(32, 4, 64));
        assertEquals("model fake: a prompt must have at least one token; it is empty. Give some text.",
            refusal(engine, EngineFixture.request(List.of(), 5, WARM, 0)));
        assertEquals("model fake: a prompt must fit the context of 32 tokens; it has 33. Shorten it or load the model with a context "
            + "of up to 40.", refusal(engine, EngineFixture.request(EngineFixture.ids(new Random(1), 33), 5, WARM, 0)));
        assertEquals("model fake: ids of a prompt must be 0 to 49; got 50 at 1. Use the model's own tokenizer.",
            refusal(engine, EngineFixture.request(List.of(1, 50), 5, WARM, 0)));
        assertEquals("model fake: stop strings need a tokenizer; the model has none. Use stop ids.",
            refusal(engine, new GenerationRequest(List.of(1), List.of(), 1, WARM, 0, Set.of(), List.of("x"), -1)));
        assertEquals("option mirostat: a sampling step that reads it must be installed; there are [temperature].",
            refusal(engine, EngineFixture.request(List.of(1), 1, SamplingOptions.NONE.with("mirostat", 2), 0)));
        engine.close();
    }

    private static String refusal(LoadedEngine engine, GenerationRequest request) {
        return assertThrows(TransomException.class, () -> engine.submit(request)).getMessage();
    }

    @Test
    void nanLogitsFailOnlyTheirRow() throws Exception {
        FakeBackend backend = new FakeBackend("fake", 1);
        backend.poison = id -> id == 49;
        LoadedEngine engine = EngineFixture.load(FakeModel.causal(100), backend, EngineFixture.options(0, 4, 64));
        Generation bad = engine.submit(EngineFixture.request(List.of(3, 49), 5, WARM, 0));
        Generation good = engine.submit(EngineFixture.request(List.of(3), 1, WARM, 0));
        assertEquals("model fake: logits must be numbers; after 2 tokens of the row they are NaN for token 0. Check the weights, or load "
            + "them in a wider type.", assertThrows(TransomException.class, bad::next).getMessage());
        assertEquals(Finish.FAILED, bad.finish());
        assertEquals(1, good.all().size());
        engine.close();
    }

    @Test
    void aLostDeviceFailsAllRequestsAndLaterOnes() {
        FakeBackend backend = new FakeBackend("fake", 1);
        backend.loseAt = 3;
        backend.gate = new CountDownLatch(1);
        LoadedEngine engine = EngineFixture.load(FakeModel.causal(100), backend, EngineFixture.options(0, 2, 64));
        List<Generation> running = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            running.add(engine.submit(EngineFixture.request(List.of(3), 50, WARM, i)));
        }
        backend.gate.countDown();
        for (Generation generation : running) {
            assertTrue(assertThrows(TransomException.class, generation::all).getMessage().endsWith("Open the model again."));
        }
        assertTrue(engine.isBroken());
        assertThrows(TransomException.class, () -> engine.submit(EngineFixture.request(List.of(3), 50, WARM, 0)));
        engine.close();
    }

    @Test
    void closingLetsRunningRequestsEnd() throws Exception {
        LoadedEngine engine = EngineFixture.load(FakeModel.causal(100), new FakeBackend("fake", 1), EngineFixture.options(0, 2, 64));
        List<Generation> running = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            running.add(engine.submit(EngineFixture.request(List.of(3), 50, WARM, i)));
        }
        engine.close();
        for (Generation generation : running) {
            assertEquals(50, generation.all().size());
        }
        assertThrows(IllegalStateException.class, () -> engine.submit(EngineFixture.request(List.of(3), 50, WARM, 0)));
    }

    @Test
    void aWaitingConsumerCanBeInterruptedAndTheRequestRunsOn() throws Exception {
        FakeBackend backend = new FakeBackend("fake", 1);
        backend.gate = new CountDownLatch(1);
        LoadedEngine engine = EngineFixture.load(FakeModel.causal(100), backend, EngineFixture.options(0, 1, 64));
        Generation generation = engine.submit(EngineFixture.request(List.of(3), 50, WARM, 0));
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, generation::next);
        backend.gate.countDown();
        assertEquals(50, generation.all().size());
        engine.close();
    }
}
