package dev.transom.engine.internal;

import dev.transom.api.engine.EngineOptions;
import dev.transom.api.engine.Generation;
import dev.transom.api.engine.GenerationRequest;
import dev.transom.api.sampler.Sampler;
import dev.transom.api.sampler.SamplingOptions;
import dev.transom.graph.Operations;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Loads fake models and makes random requests. */
final class EngineFixture {

    /** Divides logits: enough to see that steps are applied. */
    static final Sampler TEMPERATURE = new Sampler() {
        @Override
        public String name() {
            return "temperature";
        }

        @Override
        public int order() {
            return 1;
        }

        @Override
        public Step step(SamplingOptions options, Setting setting) {
            float temperature = (float) options.get("temperature", 1);
            return temperature == 0 ? null : (logits, _, _) -> {
                for (int i = 0; i < logits.length; i++) {
                    logits[i] /= temperature;
                }
            };
        }
    };

    private EngineFixture() {
    }

    static EngineOptions options(int context, int rows, int chunk) {
        return new EngineOptions(Optional.empty(), EngineOptions.DEFAULT.numerics(), 0, context, rows, chunk);
    }

    static LoadedEngine load(FakeModel model, FakeBackend backend, EngineOptions options) {
        return new EngineLoader(Operations.core(), new BackendChoice(List.of(backend)), Optional.empty(), new EngineMemory(),
            () -> new SamplerChain(List.of(TEMPERATURE))).load(model, options);
    }

    static GenerationRequest request(List<Integer> prompt, int maxTokens, SamplingOptions options, long seed) {
        return new GenerationRequest(prompt, List.of(), maxTokens, options, seed, Set.of(), List.of(), -1);
    }

    static GenerationRequest random(Random random, int context, int source) {
        int length = 1 + random.nextInt(Math.max(1, context * 2 / 3));
        SamplingOptions options = random.nextInt(3) == 0 ? SamplingOptions.GREEDY
            : SamplingOptions.NONE.with("temperature", 0.5 + random.nextDouble());
        Set<Integer> stops = random.nextInt(3) == 0 ? Set.of(random.nextInt(FakeModel.VOCABULARY)) : Set.of();
        return new GenerationRequest(ids(random, length), source == 0 ? List.of() : ids(random, 1 + random.nextInt(source)),
            random.nextInt(60), options, random.nextLong(), stops, List.of(), random.nextInt(4) - 1);
    }

    static List<Integer> ids(Random random, int length) {
        return random.ints(length, 0, FakeModel.VOCABULARY).boxed().toList();
    }

    static List<Integer> idsOf(List<Generation.Token> tokens) {
        return tokens.stream().map(Generation.Token::id).toList();
    }
}
