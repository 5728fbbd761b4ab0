package dev.transom.engine.internal;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.engine.GenerationRequest;
import dev.transom.api.engine.GenerationRequest.ContextFull;
import dev.transom.api.sampler.Sampler;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Refuses requests that cannot be run, before they are queued. */
record RequestRules(String model, ModelFacts facts, StepLimits limits, boolean hasTokenizer) {

    /** A request's arrays are made beforehand. */
    private static final int LONGEST = 1 << 20;

    Request.Terms check(GenerationRequest request) {
        int[] prompt = ids("prompt", request.prompt());
        int[] source = ids("source", request.source());
        require(prompt.length > 0, "a prompt must have at least one token; it is empty. Give some text");
        require(prompt.length <= limits.context(), "a prompt must fit the context of " + limits.context() + " tokens; it has "
            + prompt.length + ". Shorten it" + (limits.context() < facts.maxPositions()
                ? " or load the model with a context of up to " + facts.maxPositions() : ""));
        require(prompt.length >= limits.prefix(), "a prompt must hold the model's prefix of " + limits.prefix() + " tokens; it has "
            + prompt.length + ". Lengthen it");
        require(source.length <= limits.source(), limits.source() == 0
            ? "a source is for encoder-decoders; this model is none. Put the text into the prompt"
            : "a source must fit the context of " + limits.source() + " tokens; it has " + source.length + ". Shorten it");
        require(limits.source() == 0 || source.length > 0, "a source must have at least one token; it is empty. Give some text");
        require(request.maxTokens() >= 0, "tokens to generate must be 0 or more; got " + request.maxTokens() + ". Give a number");
        require(request.logProbs() >= -1 && request.logProbs() <= facts.vocabulary(), "log-probabilities must be wanted of −1 (none) to "
            + facts.vocabulary() + " tokens; got " + request.logProbs() + ". Give a number in between");
        require(request.stopStrings().stream().noneMatch(String::isEmpty), "a stop string must not be empty. Leave it out");
        require(request.stopStrings().isEmpty() || hasTokenizer,
            "stop strings need a tokenizer; the model has none. Use stop ids");
        boolean shifts = request.contextFull() == ContextFull.SHIFT;
        require(!shifts || request.maxTokens() <= LONGEST - prompt.length, "prompt and answer together may have " + LONGEST
            + " tokens; wanted are " + prompt.length + " and " + request.maxTokens() + ". Ask for fewer tokens");
        require(!shifts || limits.context() >= 2 * Math.max(1, limits.prefix()) + 2, "a context to be shifted must have "
            + (2 * Math.max(1, limits.prefix()) + 2) + " positions or more; it has " + limits.context() + ". Ask for a longer one");
        int limit = shifts ? request.maxTokens() : Math.min(request.maxTokens(), limits.context() - prompt.length + 1);
        return new Request.Terms(prompt, prompt.length, source, request.maxTokens(), limit, request.seed(),
            request.stopIds().stream().mapToInt(Integer::intValue).toArray(), request.stopStrings(), request.logProbs(),
            request.options(), shifts);
    }

    /** What sampling steps may know of a request. */
    Sampler.Setting setting(Request.Terms terms) {
        Set<Integer> ends = Arrays.stream(terms.stopIds()).boxed().collect(Collectors.toSet());
        return new Sampler.Setting(facts.vocabulary(), terms.given(), terms.prompt().length + terms.limit(), ends,
            TokenChooser.random(terms.seed()));
    }

    private int[] ids(String what, List<Integer> list) {
        int[] ids = new int[list.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = list.get(i);
            require(ids[i] >= 0 && ids[i] < facts.vocabulary(), "ids of a " + what + " must be 0 to " + (facts.vocabulary() - 1)
                + "; got " + ids[i] + " at " + i + ". Use the model's own tokenizer");
        }
        return ids;
    }

    private void require(boolean holds, String sentence) {
        if (!holds) {
            throw new TransomException("model " + model + ": " + sentence + ".");
        }
    }
}
