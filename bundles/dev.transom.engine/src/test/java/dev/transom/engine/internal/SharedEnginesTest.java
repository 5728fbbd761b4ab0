package dev.transom.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.ModelFacts.Structure;
import dev.transom.api.engine.Engine;
import dev.transom.api.engine.EngineOptions;
import dev.transom.api.engine.Generation;
import dev.transom.api.model.Model;
import dev.transom.api.model.Models;
import dev.transom.api.model.OpenModel;
import dev.transom.api.sampler.SamplingOptions;
import dev.transom.graph.Operations;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedEnginesTest {

    private static final Path HERE = Path.of("/models");

    private final List<FakeModel> opened = new ArrayList<>();
    private final FakeBackend backend = new FakeBackend("fake", 1);
    private Supplier<FakeModel> source = () -> FakeModel.causal(100);
    private final EngineMemory memory = new EngineMemory();
    private final SharedEngines engines = new SharedEngines(models(), Operations.core(), new BackendChoice(List.of(backend)), memory,
        List.of(EngineFixture.TEMPERATURE));

    @Test
    void oneModelIsLoadedOnceAndFreedWithItsLastUser() throws Exception {
        Engine first = engines.open("m", HERE, EngineOptions.DEFAULT);
        Engine second = engines.open("/models/m", HERE, EngineOptions.DEFAULT);
        assertSame(first.model(), second.model());
        assertEquals(1, backend.loaded.get());
        assertEquals(List.of(0, 1), closes());
        first.close();
        first.close();
        assertEquals(1, backend.loaded.get());
        assertEquals(5, second.submit(EngineFixture.request(List.of(1), 5, SamplingOptions.GREEDY, 0)).all().size());
        second.close();
        assertEquals(0, backend.loaded.get());
        assertEquals(List.of(1, 1), closes());
        assertThrows(IllegalStateException.class, second::model);
    }

    @Test
    void otherOptionsMeanAnotherEngineThatHoldsMemoryOfItsOwn() {
        try (Engine small = engines.open("m", HERE, EngineFixture.options(32, 1, 16));
                Engine large = engines.open("m", HERE, EngineFixture.options(64, 1, 16))) {
            assertEquals(32, small.context());
            assertEquals(64, large.context());
            assertEquals(2, memory.holdings().size());
        }
        assertEquals(List.of(), memory.holdings());
        assertEquals(0, backend.loaded.get());
    }

    @Test
    void aNewVersionOfTheArchitectureGetsANewEngineWhileTheOldOneDrains() throws Exception {
        Engine old = engines.open("m", HERE, EngineOptions.DEFAULT);
        Generation running = old.submit(EngineFixture.request(List.of(1), 80, SamplingOptions.GREEDY, 0));
        source = () -> new FakeModel(Structure.CAUSAL, 100, 0, "fake 1.0.1", null, false);
        Engine fresh = engines.open("m", HERE, EngineOptions.DEFAULT);
        assertNotSame(old.model(), fresh.model());
        assertEquals("fake 1.0.1", fresh.model().architecture());
        old.close();
        assertEquals(80, running.all().size());
        assertEquals(List.of(1, 0), closes());
        fresh.close();
        assertEquals(List.of(1, 1), closes());
    }

    @Test
    void aKeptAnswerAndAClosedEngineKeepNoModel() throws Exception {
        WeakReference<OpenModel> model;
        Engine engine = engines.open("m", HERE, EngineOptions.DEFAULT);
        Generation kept = engine.submit(EngineFixture.request(List.of(1), 3, SamplingOptions.GREEDY, 0));
        kept.next();
        model = new WeakReference<>(engine.model());
        engine.close();
        opened.clear();
        for (int i = 0; i < 50 && model.get() != null; i++) {
            System.gc();
            Thread.sleep(20);
        }
        assertNull(model.get());
        assertEquals(2, kept.all().size());
    }

    @Test
    void aLostDeviceMeansANewEngineAtTheNextOpen() {
        backend.loseAt = 1;
        Engine lost = engines.open("m", HERE, EngineOptions.DEFAULT);
        Generation running = lost.submit(EngineFixture.request(List.of(1), 3, SamplingOptions.GREEDY, 0));
        assertThrows(TransomException.class, running::next);
        Engine again = engines.open("m", HERE, EngineOptions.DEFAULT);
        assertNotSame(lost.model(), again.model());
        lost.close();
        again.close();
        assertEquals(List.of(1, 1), closes());
    }

    @Test
    void aRefusedModelIsClosedAndCanBeTriedAgain() {
        source = () -> new FakeModel(Structure.ENCODER, 100, 0, "fake 1.0.0", null, false);
        assertEquals("model fake: generation needs a causal model or an encoder-decoder with the head lm; this is an encoder with [lm]. "
            + "Use embed or classify for it.",
            assertThrows(TransomException.class, () -> engines.open("m", HERE, EngineOptions.DEFAULT)).getMessage());
        source = () -> FakeModel.causal(100);
        engines.open("m", HERE, EngineOptions.DEFAULT).close();
        assertEquals(List.of(1, 1), closes());
    }

    @Test
    void manyThreadsOpenAndCloseWithoutLosingOne() throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
            List<Future<Integer>> results = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                results.add(pool.submit(() -> {
                    try (Engine engine = engines.open("m", HERE, EngineOptions.DEFAULT)) {
                        return engine.submit(EngineFixture.request(List.of(1), 5, SamplingOptions.GREEDY, 0))
                            .all().size();
                    }
                }));
            }
            for (Future<Integer> result : results) {
                assertEquals(5, result.get());
            }
        }
        assertEquals(0, backend.loaded.get());
        closes().forEach(count -> assertEquals(1, count));
    }

    @Test
    void aBackendThatIsNotThereIsNamed() {
        EngineOptions options = new EngineOptions(Optional.of("tornado"), EngineOptions.DEFAULT.numerics(), 0, 0, 1, 16);
        assertEquals("backend tornado: it must be running; running are [fake].",
            assertThrows(TransomException.class, () -> engines.open("m", HERE, options)).getMessage());
    }

    private synchronized List<Integer> closes() {
        return opened.stream().map(model -> model.closed.get()).toList();
    }

    private Models models() {
        return new Models() {
            @Override
            public OpenModel open(String reference, Path directory) {
                FakeModel model = source.get();
                synchronized (SharedEnginesTest.this) {
                    opened.add(model);
                }
                return model;
            }

            @Override
            public List<Model> bundled() {
                return List.of();
            }

            @Override
            public Path directory() {
                return HERE;
            }

            @Override
            public List<String> references() {
                return List.of();
            }
        };
    }
}
