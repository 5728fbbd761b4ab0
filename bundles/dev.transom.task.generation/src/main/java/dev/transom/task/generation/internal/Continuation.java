package dev.transom.task.generation.internal;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.architecture.ModelFacts.Structure;
import dev.transom.api.capability.ProvidesTask;
import dev.transom.api.engine.Engine;
import dev.transom.api.engine.Generation;
import dev.transom.api.engine.GenerationRequest;
import dev.transom.api.model.OpenModel;
import dev.transom.api.task.Task;
import dev.transom.api.task.TextGeneration;
import dev.transom.api.tokenizer.EncodeOptions;
import dev.transom.api.tokenizer.SpecialRole;
import dev.transom.api.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * Continues a text with a causal model, or answers a source text with an encoder-decoder, whose answer starts with its
 * decoder_start_token_id. Defaults are those of generation_config.json.
 */
@Component(service = {TextGeneration.class, Task.class})
@ProvidesTask(name = "generation")
public final class Continuation implements TextGeneration {

    private final Phrasing phrasing = new Phrasing();

    @Override
    public String name() {
        return "generation";
    }

    @Override
    public boolean fits(ModelFacts facts) {
        return facts.structure() != Structure.ENCODER && facts.hasHead("lm");
    }

    @Override
    public Generation generate(Engine engine, Prompt prompt) {
        OpenModel model = engine.model();
        Defaults defaults = Defaults.of(model);
        boolean hasSource = model.definition().facts().structure() == Structure.ENCODER_DECODER;
        List<Integer> text = encode(model, prompt, hasSource);
        List<Integer> start = hasSource ? List.of(defaults.decoderStart(model)) : text;
        return engine.submit(new GenerationRequest(start, hasSource ? text : List.of(), defaults.maxTokens(prompt.maxTokens()),
            phrasing.resolve(defaults.options(prompt.options()), model.tokenizer()), prompt.seed(),
            stopIds(defaults, prompt), prompt.stopStrings(), prompt.logProbs(), prompt.contextFull()));
    }

    private static Set<Integer> stopIds(Defaults defaults, Prompt prompt) {
        Set<Integer> ids = new HashSet<>(defaults.stopIds());
        ids.addAll(prompt.stopIds());
        return ids;
    }

    /** Ids with the template's markers; an empty text still needs a token to start from. */
    private static List<Integer> encode(OpenModel model, Prompt prompt, boolean hasSource) {
        Tokenizer tokenizer = model.tokenizer();
        EncodeOptions options = prompt.special() ? EncodeOptions.WITH_SPECIAL_TOKENS : EncodeOptions.PLAIN;
        List<Integer> ids = new ArrayList<>(Arrays.stream(tokenizer.encode(prompt.text(), options).ids()).boxed().toList());
        if (ids.isEmpty() && !hasSource) {
            model.files().generationConfig().ids("bos_token_id").stream().findFirst()
                .or(() -> model.files().config().ids("bos_token_id").stream().findFirst())
                .or(() -> tokenizer.special(SpecialRole.BEGIN).stream().boxed().findFirst()).ifPresent(ids::add);
        }
        if (ids.isEmpty()) {
            throw new TransomException("model " + model.reference()
                + ": a prompt must have at least one token; it is empty and the model has no begin token. Give some text.");
        }
        return ids;
    }
}
