package dev.transom.task.generation.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.Head;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.architecture.ModelFacts.Structure;
import dev.transom.api.config.Config;
import dev.transom.api.engine.Engine;
import dev.transom.api.engine.GenerationRequest;
import dev.transom.api.format.ModelFiles;
import dev.transom.api.model.OpenModel;
import dev.transom.api.sampler.SamplingOptions;
import dev.transom.api.task.TextGeneration.Prompt;
import dev.transom.api.tokenizer.Encoding;
import dev.transom.api.tokenizer.Tokenizer;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class ContinuationTest {

    private final List<GenerationRequest> submitted = new ArrayList<>();

    @Test
    void aCausalModelContinuesThePrompt() {
        generate(Structure.CAUSAL, Map.of("eos_token_id", List.of(3L, 4L)), Map.of("eos_token_id", 9L), "ab");
        assertEquals(List.of(97, 98), submitted.getFirst().prompt());
        assertEquals(List.of(), submitted.getFirst().source());
        assertEquals(Set.of(3, 4), submitted.getFirst().stopIds());
        assertEquals(SamplingOptions.GREEDY, submitted.getFirst().options());
    }

    @Test
    void anEncoderDecoderReadsThePromptAndStartsItsAnswer() {
        generate(Structure.ENCODER_DECODER, Map.of("decoder_start_token_id", 2L), Map.of("eos_token_id", 9L), "ab");
        assertEquals(List.of(2), submitted.getFirst().prompt());
        assertEquals(List.of(97, 98), submitted.getFirst().source());
        assertEquals(Set.of(9), submitted.getFirst().stopIds());
    }

    @Test
    void anEmptyPromptStartsFromTheBeginToken() {
        generate(Structure.CAUSAL, Map.of(), Map.of("bos_token_id", 7L), "");
        assertEquals(List.of(7), submitted.getFirst().prompt());
        assertEquals("model m: a prompt must have at least one token; it is empty and the model has no begin token. Give some text.",
            assertThrows(TransomException.class, () -> generate(Structure.CAUSAL, Map.of(), Map.of(), "")).getMessage());
    }

    @Test
    void fitsWhatGenerates() {
        assertTrue(new Continuation().fits(facts(Structure.CAUSAL)));
        assertFalse(new Continuation().fits(facts(Structure.ENCODER)));
    }

    private void generate(Structure structure, Map<String, Object> generation, Map<String, Object> config, String text) {
        Tokenizer tokenizer = answering(Tokenizer.class, (name, arguments) -> name.equals("special") ? OptionalInt.empty()
            : new Encoding(((String) arguments[0]).chars().toArray(), null, null, null, null, null, null, null, null));
        ModelFiles files = answering(ModelFiles.class, (name, _) -> switch (name) {
            case "generationConfig" -> new Config("generation_config.json", generation);
            case "config" -> new Config("config.json", config);
            default -> Optional.of(tokenizer);
        });
        ModelDefinition definition = answering(ModelDefinition.class, (_, _) -> facts(structure));
        OpenModel model = answering(OpenModel.class, (name, _) -> switch (name) {
            case "files" -> files;
            case "definition" -> definition;
            case "tokenizer" -> tokenizer;
            default -> "m";
        });
        Engine engine = answering(Engine.class, (name, arguments) -> {
            if (name.equals("submit")) {
                submitted.add((GenerationRequest) arguments[0]);
                return null;
            }
            return model;
        });
        new Continuation().generate(engine, new Prompt(text, 5, SamplingOptions.NONE, 1, List.of(), -1));
    }

    private static ModelFacts facts(Structure structure) {
        return new ModelFacts("fake", "", structure, 1, 1, 200, 10, 0, List.of(new Head("lm", List.of("logits"), Head.Labels.NONE)),
            "lm");
    }

    private static <T> T answering(Class<T> type, BiFunction<String, Object[], Object> answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
            (_, method, arguments) -> answers.apply(method.getName(), arguments)));
    }
}
