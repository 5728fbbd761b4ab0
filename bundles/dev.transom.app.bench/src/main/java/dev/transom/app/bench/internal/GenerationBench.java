package dev.transom.app.bench.internal;

import dev.transom.api.engine.Engine;
import dev.transom.api.engine.Generation;
import dev.transom.api.engine.GenerationRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Runs prompts and answers of given lengths on an engine, and reads its weights beside. */
final class GenerationBench {

    private final Engine engine;
    private final int rows;
    private final double loadSeconds;
    private final Random random = new Random(1);

    GenerationBench(Engine engine, int rows, double loadSeconds) {
        this.engine = engine;
        this.rows = rows;
        this.loadSeconds = loadSeconds;
    }

    GenerationReport measure(List<Integer> prompts, List<Integer> answers, CommonArguments options) throws InterruptedException {
        WeightReading weights = WeightReading.of(engine.plan().graph(), engine.plan().types());
        long cold = System.nanoTime();
        generate(1, 1);
        double firstSeconds = (System.nanoTime() - cold) * 1e-9;
        List<GenerationReport.Test> tests = tests(prompts, answers);
        try (PlainRead read = new PlainRead(weights.memory(engine.model().parameters()), options.threads())) {
            List<Stopwatch.Run> runs = new ArrayList<>();
            tests.forEach(test -> runs.add(() -> generate(test.prompt(), test.answer())));
            runs.add(read::run);
            List<Samples> samples = options.stopwatch().measure(runs);
            List<GenerationReport.Measured> measured = IntStream.range(0, tests.size())
                .mapToObj(i -> new GenerationReport.Measured(tests.get(i), samples.get(i))).toList();
            return new GenerationReport(GenerationReport.Subject.of(engine, rows, options.threads()), loadSeconds, firstSeconds,
                measured, weights.bytesPerStep(), samples.getLast().rates(read.bytes()), ProcessMemory.peak());
        }
    }

    private static List<GenerationReport.Test> tests(List<Integer> prompts, List<Integer> answers) {
        List<GenerationReport.Test> tests = new ArrayList<>();
        prompts.stream().filter(n -> n > 0).forEach(n -> tests.add(new GenerationReport.Test("pp" + n, n, 1)));
        answers.stream().filter(n -> n > 0).forEach(n -> tests.add(new GenerationReport.Test("tg" + n, 1, n)));
        return tests;
    }

    /** Each row reads {@code prompt} tokens and generates {@code answer}, the first of them from the prompt's last step. */
    private void generate(int prompt, int answer) throws InterruptedException {
        List<Generation> running = new ArrayList<>();
        try {
            for (int row = 0; row < rows; row++) {
                running.add(engine.submit(GenerationRequest.greedy(randomIds(prompt), answer, Set.of())));
            }
            for (Generation generation : running) {
                int tokens = generation.all().size();
                if (tokens != answer) {
                    throw new IllegalStateException("bench: a row must give " + answer + " tokens; it gave " + tokens
                        + ", ended by " + generation.finish() + ".");
                }
            }
        } finally {
            running.forEach(Generation::cancel);
        }
    }

    private List<Integer> randomIds(int count) {
        return random.ints(count, 0, engine.model().definition().facts().vocabulary()).boxed().toList();
    }
}
