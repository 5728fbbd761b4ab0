package dev.transom.app.conform.internal;

import dev.transom.api.backend.Backends;
import dev.transom.api.backend.PlanOptions.Numerics;
import dev.transom.api.config.Config;
import dev.transom.api.conformance.CaseKit.Options;
import dev.transom.api.engine.Engine;
import dev.transom.api.engine.EngineOptions;
import dev.transom.api.engine.Engines;
import dev.transom.api.engine.Generation;
import dev.transom.api.engine.GenerationRequest;
import dev.transom.api.model.OpenModel;
import dev.transom.api.tokenizer.EncodeOptions;
import dev.transom.conformance.architecture.Differences;
import dev.transom.conformance.architecture.JudgedModel;
import dev.transom.conformance.architecture.Judgement;
import dev.transom.conformance.architecture.LastLogits;
import dev.transom.graph.Operations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Judges a real language model by prompts: their ids, the logits after them, and greedy answers of the engine. Answers compare only up to
 * the first token that the reference chose by a hair, for beyond it another choice is as good.
 */
record AnswerCases(Operations operations, Backends backends, Engines engines, Options options) {

    /** The least margin of a choice that exact arithmetic must repeat, and that fast arithmetic must. */
    private static final double EXACT_MARGIN = 0.05;
    private static final double FAST_MARGIN = 0.3;
    /** How far llama.cpp's eight-bit activations move logits of such files, where a case does not say. */
    private static final double EIGHT_BITS = 1;
    private static final double FAST_SLACK = 1.5;

    void judge(Judgement judgement, OpenModel model) {
        List<Config> cases = cases(judgement.json());
        JudgedModel judged = OpenModels.judged(model);
        int[] subset = judgement.expected().ints("subset_ids");
        List<Double> means = new ArrayList<>();
        List<Double> bounds = new ArrayList<>();
        judgement.compare("subset_ids", 0, 0);
        for (int i = 0; i < cases.size(); i++) {
            Config one = cases.get(i);
            String text = one.text("rendered").or(() -> one.text("prompt")).orElseThrow(() -> one.missing("prompt"));
            EncodeOptions encode = one.has("rendered") ? EncodeOptions.PLAIN : EncodeOptions.WITH_SPECIAL_TOKENS;
            int[] ids = ids(one, "prompt_ids");
            judgement.compare("prompt_ids." + i, Differences.count(ids, model.tokenizer().encode(text, encode).ids()), 0);
            logits(judgement, one, i, subset, LastLogits.of(judged, operations, OpenModels.choice(backends, options.backend()),
                options.numerics(), ids), means, bounds);
        }
        means(judgement, means, bounds);
        answers(judgement, model, cases);
    }

    private void logits(Judgement judgement, Config one, int i, int[] subset, LastLogits last, List<Double> means,
            List<Double> bounds) {
        double[] wanted = judgement.expected().reals("logits_subset." + i);
        double[] got = picked(last.logits(), subset);
        int[] top = judgement.expected().ints("top_ids." + i);
        double tolerance = tolerance(judgement.json(), one);
        judgement.compareWithin("logits_subset." + i, Differences.largest(wanted, got), tolerance);
        judgement.compareWithin("top_logits." + i, Differences.largest(
            judgement.expected().reals("top_logits." + i), picked(last.logits(), top)), tolerance);
        if (options.numerics() == Numerics.EXACT) {
            double[] hidden = judgement.expected().reals("hidden_last." + i);
            judgement.compare("top_ids." + i, Differences.count(top, best(last.logits(), top.length)), 0);
            judgement.compareWithin("hidden_last." + i, Differences.largest(hidden, last.hidden()),
                tolerance * Math.max(1, Differences.magnitude(hidden)));
            return;
        }
        judgement.skip("top_ids." + i, "fast arithmetic may change the order of what is near");
        judgement.skip("hidden_last." + i, "the case bounds fast arithmetic by logits only");
        one.object("logits_difference_llama_cpp").ifPresent(theirs -> {
            means.add(mean(wanted, got));
            bounds.add(FAST_SLACK * theirs.real("mean", 0));
        });
    }

    /** One prompt may be off by twice what it is in another program, and the next by half: rounding moves all its logits together. */
    private static void means(Judgement judgement, List<Double> means, List<Double> bounds) {
        if (!means.isEmpty()) {
            judgement.compareWithin("logits_subset, mean of all", means.stream().mapToDouble(Double::doubleValue).average().orElse(0),
                bounds.stream().mapToDouble(Double::doubleValue).average().orElse(0));
        }
    }

    /** Under fast the largest difference may be one and a half times llama.cpp's, as for small models in the same formats. */
    private double tolerance(Config json, Config one) {
        if (options.numerics() == Numerics.EXACT) {
            return json.object("tolerance").orElseThrow(() -> json.missing("tolerance")).real("reference", 0);
        }
        return one.object("logits_difference_llama_cpp").map(theirs -> FAST_SLACK * theirs.real("max", 0)).orElse(EIGHT_BITS);
    }

    private static double mean(double[] wanted, double[] got) {
        return IntStream.range(0, wanted.length).mapToDouble(i -> Math.abs(wanted[i] - got[i])).average().orElse(0);
    }

    private void answers(Judgement judgement, OpenModel model, List<Config> cases) {
        int longest = cases.stream().mapToInt(one -> ids(one, "prompt_ids").length + reference(one, "greedy_ids").length).max()
            .orElse(1);
        EngineOptions engineOptions = new EngineOptions(Optional.of(options.backend()), options.numerics(), 0, longest, 16, 512);
        try (Engine engine = engines.open(model, engineOptions)) {
            List<Generation> running = new ArrayList<>();
            for (Config one : cases) {
                running.add(engine.submit(GenerationRequest.greedy(Arrays.stream(ids(one, "prompt_ids")).boxed().toList(),
                    reference(one, "greedy_ids").length, Set.of())));
            }
            for (int i = 0; i < cases.size(); i++) {
                int[] expected = sure(cases.get(i));
                int[] actual = Arrays.copyOf(answer(running.get(i)), expected.length);
                judgement.compare("greedy." + i + ", " + expected.length + " sure tokens", Differences.count(expected, actual), 0);
            }
        }
    }

    /** The reference's answer up to the first choice that was too near. */
    private int[] sure(Config one) {
        double least = options.numerics() == Numerics.EXACT ? EXACT_MARGIN : FAST_MARGIN;
        List<?> margins = one.object("reference").orElseThrow(() -> one.missing("reference")).list("margins");
        int sure = 0;
        while (sure < margins.size() && ((Number) margins.get(sure)).doubleValue() >= least) {
            sure++;
        }
        return Arrays.copyOf(reference(one, "greedy_ids"), sure);
    }

    private static int[] answer(Generation generation) {
        try {
            return generation.all().stream().mapToInt(Generation.Token::id).toArray();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new java.util.concurrent.CancellationException("interrupted");
        }
    }

    private static int[] best(double[] logits, int count) {
        return IntStream.range(0, logits.length).boxed()
            .sorted((a, b) -> Double.compare(logits[b], logits[a])).limit(count).mapToInt(Integer::intValue).toArray();
    }

    private static double[] picked(double[] logits, int[] ids) {
        return Arrays.stream(ids).mapToDouble(id -> logits[id]).toArray();
    }

    private static int[] ids(Config config, String key) {
        return config.ids(key).stream().mapToInt(Integer::intValue).toArray();
    }

    private static int[] reference(Config one, String key) {
        return ids(one.object("reference").orElseThrow(() -> one.missing("reference")), key);
    }

    /** Whether a file holds such cases. */
    static boolean has(Config json) {
        return !cases(json).isEmpty() && cases(json).getFirst().has("prompt_ids");
    }

    @SuppressWarnings("unchecked")
    private static List<Config> cases(Config json) {
        List<Config> cases = new ArrayList<>();
        for (Object one : json.list("cases")) {
            if (one instanceof Map<?, ?> values) {
                cases.add(new Config(json.where() + " case " + cases.size(), (Map<String, Object>) values));
            }
        }
        return cases;
    }
}
