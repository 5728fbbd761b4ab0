package dev.transom.architecture.transformer.internal;

import dev.transom.api.backend.PlanOptions.Numerics;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.GraphRequest.Limits;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.backend.Backend;
import dev.transom.api.config.Config;
import dev.transom.api.conformance.CaseKit.Judged;
import dev.transom.api.format.FolderResources;
import dev.transom.api.tensor.Binding;
import dev.transom.api.tensor.TensorSource;
import dev.transom.backend.reference.internal.ReferenceBackend;
import dev.transom.conformance.architecture.CaseFile;
import dev.transom.conformance.architecture.GoldenKit;
import dev.transom.conformance.architecture.JudgedModel;
import dev.transom.conformance.architecture.RecipeJudge;
import dev.transom.format.huggingface.internal.SafetensorsFormat;
import dev.transom.graph.Node;
import dev.transom.graph.Operations;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** All 320 combinations equal an independent reference, forwards and backwards. */
class RecipeGridTest {

    private final Path folder = GoldenKit.root(getClass()).resolve("recipe");
    private final Operations operations = Operations.core();

    @Test
    void everyCombinationEqualsTheReferenceInFloat64() {
        allEqual(new ReferenceBackend(operations));
    }

    @Test
    void everyCombinationEqualsTheReferenceInFloat32() {
        allEqual(new Float32(new ReferenceBackend(operations)));
    }

    @Test
    void everyCombinationReadsTheWeightsOfItsDefinitionAndNoOther() {
        Config used = CaseFile.read(folder.resolve("weights-used.json"));
        try (RecipeJudge judge = new RecipeJudge(folder.resolve("case.json"), List.of(new SafetensorsFormat()))) {
            for (RecipeJudge.Combination one : judge.combinations()) {
                ModelDefinition definition = new TransformerArchitecture().define(judge.config(one));
                Map<String, Binding> bindings = definition.bindings(new TreeSet<>());
                assertEquals(new TreeSet<>(used.texts(one.name())), new TreeSet<>(definition.graph(operations,
                    GraphRequest.whole(List.of(definition.facts().defaultHead()), Limits.of(8, 2))).parameters().stream()
                    .map(Node::name).map(name -> ((Binding.Stored) bindings.get(name)).name()).toList()), one.name());
            }
        }
    }

    /** Logits, loss and gradients. */
    private void allEqual(Backend backend) {
        try (FolderResources files = new FolderResources(folder);
                TensorSource weights = new SafetensorsFormat().read("weights.safetensors",
                    files.open("weights.safetensors").orElseThrow());
                RecipeJudge judge = new RecipeJudge(folder.resolve("case.json"), List.of(new SafetensorsFormat()))) {
            assertEquals(320, judge.combinations().size());
            for (RecipeJudge.Combination one : judge.combinations()) {
                ModelDefinition definition = new TransformerArchitecture().define(judge.config(one));
                Judged judged = judge.judge(one, JudgedModel.of(definition, weights), operations, _ -> backend, Numerics.EXACT, true);
                assertTrue(judged.passed() && judged.comparisons().size() >= 4, judged.toString());
            }
        }
    }
}
