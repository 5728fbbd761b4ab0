package dev.transom.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.architecture.ModelFacts.Structure;
import dev.transom.api.engine.Generation;
import dev.transom.api.engine.GenerationRequest;
import dev.transom.api.engine.GenerationRequest.ContextFull;
import dev.transom.api.sampler.SamplingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PrefixReuseTest {

    private static final SamplingOptions WARM = SamplingOptions.NONE.with("temperature", 0.9);
    private static final int SCARCE = (int) ((512L << 20) / 12);

    @Test
    void reuseChangesNoToken() throws Exception {
        for (int seed = 0; seed < 24; seed++) {
            Random random = new Random(seed);
            boolean dynamicRope = seed % 3 == 2;
            FakeModel model = new FakeModel(Structure.CAUSAL, 300, 0, "fake 1.0.0", null, dynamicRope);
            List<GenerationRequest> requests = family(random, 40);
            int chunk = 20 + random.nextInt(200);
            List<List<Generation.Token>> plain = run(model, 1, requests, chunk, false, false, random);
            assertEquals(plain, run(model, seed % 2 == 0 ? 1 : SCARCE, requests, chunk, true, seed % 4 < 2, random));
        }
    }

    /** Requests whose prompts grow from each other like turns of conversations. */
    private static List<GenerationRequest> family(Random random, int count) {
        List<List<Integer>> prompts = new ArrayList<>(List.of(EngineFixture.ids(random, 70)));
        List<GenerationRequest> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Integer> base = prompts.get(random.nextInt(prompts.size()));
            List<Integer> prompt = new ArrayList<>(base.subList(0, 1 + random.nextInt(base.size())));
            prompt.addAll(EngineFixture.ids(random, random.nextInt(60)));
            List<Integer> cut = List.copyOf(prompt.subList(0, Math.min(prompt.size(), 220)));
            prompts.add(cut);
            ContextFull full = random.nextInt(3) == 0 ? ContextFull.SHIFT : ContextFull.REFUSE;
            requests.add(EngineFixture.request(cut, random.nextInt(60), WARM, random.nextLong()).with(full));
        }
        return requests;
    }

    private static List<List<Generation.Token>> run(FakeModel model, int blockBytes, List<GenerationRequest> requests, int chunk,
            boolean reuse, boolean together, Random random) throws Exception {
        FakeBackend backend = new FakeBackend("fake", blockBytes);
        LoadedEngine engine = EngineFixture.load(model, backend, EngineFixture.options(300, 5, chunk).withReuse(reuse));
        List<List<Generation.Token>> answers = new ArrayList<>();
        List<Generation> running = new ArrayList<>();
        for (GenerationRequest request : requests) {
            running.add(engine.submit(request));
            if (random.nextInt(10) == 0) {
                Generation given = engine.submit(request);
                given.next();
                given.cancel();
            }
            if (!together) {
                answers.add(running.getLast().all());
            }
        }
        for (Generation generation : together ? running : List.<Generation>of()) {
            answers.add(generation.all());
        }
        BlockAllocator allocator = engine.allocator();
        engine.close();
        assertEquals(allocator.blocks(), allocator.free());
        assertEquals(0, allocator.promised());
        return answers;
    }

    @Test
    void aConversationIsNotReadAgain() throws Exception {
        FakeBackend backend = new FakeBackend("fake", 1);
        LoadedEngine engine = EngineFixture.load(FakeModel.causal(1000), backend, EngineFixture.options(0, 1, 512));
        List<Integer> turn = new ArrayList<>(EngineFixture.ids(new Random(1), 300));
        engine.submit(EngineFixture.request(turn, 100, WARM, 1)).all().forEach(token -> turn.add(token.id()));
        turn.addAll(EngineFixture.ids(new Random(2), 20));
        long before = backend.computed;
        engine.submit(EngineFixture.request(turn, 10, WARM, 2)).all();
        // 420 tokens; 399 were in the cache, 12 whole blocks of 32 of them remain: 36 are read, then 9 decoded.
        assertEquals(420 - 384 + 9, backend.computed - before);
        engine.close();
    }

    @Test
    void rowsThatStartTogetherReadACommonBeginningOnce() throws Exception {
        FakeBackend backend = new FakeBackend("fake", 1);
        backend.gate = new java.util.concurrent.CountDownLatch(1);
        LoadedEngine engine = EngineFixture.load(FakeModel.causal(1000), backend, EngineFixture.options(0, 8, 320));
        List<Integer> common = EngineFixture.ids(new Random(1), 320);
        List<Generation> running = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            List<Integer> prompt = new ArrayList<>(common);
            prompt.add(i);
            running.add(engine.submit(EngineFixture.request(prompt, 1, WARM, i)));
        }
        backend.gate.countDown();
        for (Generation generation : running) {
            assertEquals(1, generation.all().size());
        }
        assertTrue(backend.computed < 320 * 3, () -> backend.computed + " tokens instead of " + 8 * 321);
        engine.close();
    }

    @Test
    void aFullContextIsShiftedToTheFirstTokenAndTheNewestHalf() throws Exception {
        LoadedEngine engine = EngineFixture.load(FakeModel.causal(41), new FakeBackend("fake", 1), EngineFixture.options(0, 4, 64));
        List<Integer> all = new ArrayList<>(EngineFixture.ids(new Random(4), 30));
        GenerationRequest request = EngineFixture.request(all, 100, SamplingOptions.GREEDY, 0).with(ContextFull.SHIFT);
        List<Generation.Token> shifted = engine.submit(request).all();
        assertEquals(100, shifted.size());
        List<Integer> seen = new ArrayList<>(all);
        for (Generation.Token token : shifted) {
            if (seen.size() > 41) {
                List<Integer> newest = List.copyOf(seen.subList(seen.size() - 20, seen.size()));
                seen = new ArrayList<>(List.of(all.getFirst()));
                seen.addAll(newest);
            }
            assertEquals(engine.submit(EngineFixture.request(seen, 1, SamplingOptions.GREEDY, 0)).next().orElseThrow().id(), token.id());
            seen.add(token.id());
        }
        BlockAllocator allocator = engine.allocator();
        engine.close();
        assertEquals(allocator.blocks(), allocator.free());
    }

    @Test
    void forksOfAShiftedRowLeaveItsBlocksAlone() throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            LoadedEngine alone = EngineFixture.load(FakeModel.causal(100), new FakeBackend("fake", 1), EngineFixture.options(0, 4, 64));
            LoadedEngine forked = EngineFixture.load(FakeModel.causal(100), new FakeBackend("fake", 1), EngineFixture.options(0, 4, 64));
            GenerationRequest request = EngineFixture.request(EngineFixture.ids(new Random(seed), 70), 200, WARM, seed)
                .with(ContextFull.SHIFT);
            Generation trunk = forked.submit(request);
            List<Generation> forks = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                forks.add(trunk.fork(seed + i));
            }
            for (int i = 0; i < 3; i++) {
                GenerationRequest own = EngineFixture.request(request.prompt(), 200, WARM, seed + i).with(ContextFull.SHIFT);
                assertEquals(alone.submit(own).all(), forks.get(i).all());
            }
            assertEquals(alone.submit(request).all(), trunk.all());
            BlockAllocator allocator = forked.allocator();
            alone.close();
            forked.close();
            assertEquals(allocator.blocks(), allocator.free());
            assertEquals(0, allocator.promised());
        }
    }

    @Test
    void theLongestUnusedBlocksGoFirstAndNeverBeforeTheirChildren() {
        BlockAllocator allocator = new BlockAllocator(4);
        PrefixTree tree = new PrefixTree(allocator, 2);
        int[] first = {1, 2, 3, 4};
        int[] second = {5, 6};
        left(allocator, tree, first);
        left(allocator, tree, second);
        assertEquals(1, allocator.free());
        int[] blocks = new int[2];
        assertEquals(2, tree.share(first, 4, blocks, 0), "used now, so the other goes first");
        assertTrue(tree.promise(2));
        assertEquals(0, tree.share(second, 2, new int[1], 0));
        assertFalse(tree.promise(1), "the row holds the others");
        allocator.forgo(2);
        allocator.release(blocks[0]);
        allocator.release(blocks[1]);
        assertTrue(tree.promise(3));
        allocator.forgo(3);
        assertEquals(1, tree.share(first, 4, blocks, 0), "the child has gone, its parent has not");
        allocator.release(blocks[0]);
        tree.clear();
        assertEquals(4, allocator.free());
    }

    private static void left(BlockAllocator allocator, PrefixTree tree, int[] ids) {
        int count = ids.length / 2;
        assertTrue(tree.promise(count));
        int[] blocks = new int[count];
        for (int i = 0; i < count; i++) {
            blocks[i] = allocator.take();
        }
        tree.keep(ids, blocks, count);
        for (int block : blocks) {
            allocator.release(block);
        }
    }

    @Test
    void aRefusalAtTheContextIsTheUsualEnd() throws Exception {
        LoadedEngine engine = EngineFixture.load(FakeModel.causal(40), new FakeBackend("fake", 1), EngineFixture.options(0, 4, 64));
        Generation full = engine.submit(new GenerationRequest(EngineFixture.ids(new Random(1), 38), List.of(), 5, WARM, 0, Set.of(),
            List.of(), -1, ContextFull.REFUSE));
        assertEquals(3, full.all().size());
        assertEquals(Generation.Finish.CONTEXT, full.finish());
        engine.close();
    }
}
