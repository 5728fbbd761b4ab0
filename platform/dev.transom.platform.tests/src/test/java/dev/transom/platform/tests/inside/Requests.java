package dev.transom.platform.tests.inside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.backend.PlanOptions.Numerics;
import dev.transom.api.engine.Engine;
import dev.transom.api.engine.EngineOptions;
import dev.transom.api.engine.Engines;
import dev.transom.api.engine.Generation;
import dev.transom.api.engine.Generation.Token;
import dev.transom.api.sampler.SamplingOptions;
import dev.transom.api.task.TextGeneration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Collectors;

/**
 * Threads that let the embedded model answer, one request after the other. The first request of each thread stops reading
 * after its first token and holds its engine until {@link #release}.
 */
final class Requests implements AutoCloseable {

    private static final EngineOptions OPTIONS = new EngineOptions(Optional.empty(), Numerics.EXACT, 1, 128, 4, 64);
    private static final TextGeneration.Prompt PROMPT =
        new TextGeneration.Prompt(":plugin: n.\n\n", 24, SamplingOptions.GREEDY, 1, List.of(), -1);
    private static final long SECONDS = 120;

    /** What one request saw. */
    private record Answer(String architecture, String text, boolean begunAfterSwap) {}

    private final Engines engines = Services.one(Engines.class);
    private final TextGeneration task = Services.one(TextGeneration.class);
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final Queue<String> begun = new ConcurrentLinkedQueue<>();
    private final CountDownLatch held;
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicIntegerArray finished;
    private volatile boolean swapped;
    private volatile boolean over;

    Requests(int count) {
        held = new CountDownLatch(count);
        finished = new AtomicIntegerArray(count);
        for (int i = 0; i < count; i++) {
            int number = i;
            threads.add(Thread.ofPlatform().name("request-" + number).start(() -> work(number)));
        }
    }

    private void work(int number) {
        try {
            ask(true);
            finished.incrementAndGet(number);
            while (!over) {
                ask(false);
                finished.incrementAndGet(number);
            }
        } catch (Throwable failure) {
            failures.add(failure);
        }
    }

    private void ask(boolean hold) throws InterruptedException {
        boolean after = swapped;
        try (Engine engine = engines.open("bundle:jargon", Path.of("").toAbsolutePath(), OPTIONS)) {
            String architecture = engine.model().architecture();
            begun.add(architecture);
            Generation generation = task.generate(engine, PROMPT);
            StringBuilder text = new StringBuilder(generation.next().map(Token::text).orElseThrow());
            if (hold) {
                held.countDown();
                released.await();
            }
            generation.all().forEach(token -> text.append(token.text()));
            answers.add(new Answer(architecture, text.toString(), after));
        }
    }

    void awaitOneHeldByEachThread() throws InterruptedException {
        for (long seconds = 0; !held.await(1, TimeUnit.SECONDS); seconds++) {
            check();
            assertTrue(seconds < SECONDS, "each thread must have a first token after " + SECONDS + " s");
        }
        check();
    }

    /** What the requests so far run on. */
    Set<String> architectures() {
        return new TreeSet<>(begun);
    }

    /** Makes one request in this thread and tells what it ran on. */
    Set<String> architecturesOfOneMore() throws InterruptedException {
        begun.clear();
        ask(false);
        return architectures();
    }

    /** From now on every new request must get the new version. */
    void markSwapped() {
        swapped = true;
    }

    void release() {
        released.countDown();
    }

    /** Waits until each thread has finished so many requests, counted from now; each begun after the swap among them. */
    void awaitFinishedByEachThread(int more) throws InterruptedException {
        int[] goals = new int[finished.length()];
        for (int i = 0; i < goals.length; i++) {
            goals[i] = finished.get(i) + more;
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        for (int i = 0; i < goals.length; i++) {
            while (finished.get(i) < goals[i]) {
                check();
                assertTrue(System.nanoTime() < end, "each thread must go on after " + SECONDS + " s");
                Thread.sleep(5);
            }
        }
        check();
    }

    private void check() {
        for (Throwable failure : failures) {
            throw new AssertionError("no request may fail; one did", failure);
        }
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        release();
        for (Thread thread : threads) {
            thread.join();
        }
        check();
        assertEquals(1, answers.stream().map(Answer::text).distinct().count(), "both versions must give the same text");
        assertEquals(Set.of("dev.transom.architecture.gpt 1.0.1"), answers.stream().filter(Answer::begunAfterSwap)
            .map(Answer::architecture).collect(Collectors.toSet()), "whoever comes after the swap");
    }
}
