package dev.transom.api.engine;

import dev.transom.api.sampler.SamplingOptions;
import java.util.List;
import java.util.Set;

/**
 * What to continue, and how.
 *
 * @param prompt      token ids, BOS included if wanted; for an encoder-decoder the target so far (decoder start)
 * @param source      token ids of the source, encoder-decoders only, else empty
 * @param maxTokens   tokens to generate at most
 * @param options     sampling steps' options; temperature 0 is greedy
 * @param seed        seed of sampling; same seed, same text
 * @param stopIds     ids that end the answer (and are not part of its text)
 * @param stopStrings texts that end the answer, before which it is cut
 * @param logProbs    also the log-probabilities of so many most likely tokens, −1 for none at all
 * @param contextFull what happens when the row fills the context
 */
public record GenerationRequest(List<Integer> prompt, List<Integer> source, int maxTokens, SamplingOptions options, long seed,
        Set<Integer> stopIds, List<String> stopStrings, int logProbs, ContextFull contextFull) {

    public GenerationRequest {
        prompt = List.copyOf(prompt);
        source = List.copyOf(source);
        stopIds = Set.copyOf(stopIds);
        stopStrings = List.copyOf(stopStrings);
    }

    /** Ends at the context. */
    public GenerationRequest(List<Integer> prompt, List<Integer> source, int maxTokens, SamplingOptions options, long seed,
            Set<Integer> stopIds, List<String> stopStrings, int logProbs) {
        this(prompt, source, maxTokens, options, seed, stopIds, stopStrings, logProbs, ContextFull.REFUSE);
    }

    public static GenerationRequest greedy(List<Integer> prompt, int maxTokens, Set<Integer> stopIds) {
        return new GenerationRequest(prompt, List.of(), maxTokens, SamplingOptions.GREEDY, 0, stopIds, List.of(), -1);
    }

    public GenerationRequest with(ContextFull wanted) {
        return new GenerationRequest(prompt, source, maxTokens, options, seed, stopIds, stopStrings, logProbs, wanted);
    }

    /** What happens when a row fills the context. */
    public enum ContextFull {
        /** No further token is made: the answer ends with {@link Generation.Finish#CONTEXT}. */
        REFUSE,
        /** The model forgets the older half: the first token and the newest ones are read again as a row of their own. */
        SHIFT
    }
}
