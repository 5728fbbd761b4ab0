package dev.transom.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.transom.api.engine.Generation;
import dev.transom.api.engine.GenerationRequest;
import dev.transom.api.sampler.SamplingOptions;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AllocationTest {

    private static final int STEPS = 2000;

    @Test
    void aDecodedTokenAllocatesNothingOnTheSchedulersThread() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] between = new long[STEPS];
        long[] ended = new long[1];
        FakeBackend backend = new FakeBackend("fake", 1);
        // The fake allocates itself: what counts is what happens between two of its runs.
        backend.before = () -> {
            if (backend.steps < STEPS) {
                between[backend.steps] = threads.getCurrentThreadAllocatedBytes() - ended[0];
            }
        };
        backend.after = () -> ended[0] = threads.getCurrentThreadAllocatedBytes();
        // A request that starts allocates its row: all start before the first step.
        backend.gate = new CountDownLatch(1);
        LoadedEngine engine = EngineFixture.load(FakeModel.causal(STEPS + 100), backend, EngineFixture.options(0, 3, 64));
        List<Generation> running = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            SamplingOptions options = i == 0 ? SamplingOptions.GREEDY : SamplingOptions.NONE.with("temperature", 0.8);
            running.add(engine.submit(new GenerationRequest(List.of(1, 2, 3), List.of(), STEPS + 50, options, i, Set.of(99), List.of(),
                2)));
        }
        backend.gate.countDown();
        for (Generation generation : running) {
            assertEquals(STEPS + 50, generation.all().size());
        }
        engine.close();
        assertTrue(between[0] > 0);
        assertEquals(0, Arrays.stream(between).skip(STEPS / 2).sum());
    }
}
