package dev.transom.app.conform.internal;

import dev.transom.api.MissingCapabilityException;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.backend.Backends;
import dev.transom.api.capability.ProvidesKit;
import dev.transom.api.config.Config;
import dev.transom.api.conformance.CaseKit;
import dev.transom.api.engine.Engines;
import dev.transom.api.format.TensorFormat;
import dev.transom.api.model.Models;
import dev.transom.api.model.OpenModel;
import dev.transom.conformance.architecture.CaseFile;
import dev.transom.conformance.architecture.Judgement;
import dev.transom.conformance.architecture.ModelJudge;
import dev.transom.conformance.architecture.TensorFile;
import dev.transom.graph.GraphException;
import dev.transom.graph.Operations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Judges an architecture by a small model with a library's results: outputs, loss, greedy answers, gradients. */
@Component(service = CaseKit.class)
@ProvidesKit(name = "architecture")
public final class ArchitectureCases implements CaseKit {

    @Reference
    private Models models;

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<TensorFormat> formats = List.of();

    @Reference
    private Operations operations;

    @Reference
    private Backends backends;

    @Reference
    private Engines engines;

    @Override
    public List<String> kinds() {
        return List.of("architecture");
    }

    @Override
    public void judge(Path file, Options options, Consumer<Verdict> report) {
        Path folder = file.getParent();
        Config json = CaseFile.read(file);
        try (OpenModel model = models.open(folder.toString(), folder)) {
            ModelFacts facts = model.definition().facts();
            report.accept(facts.defaultHead().isEmpty() || facts.hasHead(facts.defaultHead())
                ? judged(folder, json, options, model)
                : new Missing("", "head " + facts.defaultHead()));
        } catch (MissingCapabilityException missing) {
            report.accept(new Missing("", Missings.what(missing)));
        } catch (GraphException broken) {
            report.accept(new Broken("", broken.getMessage()));
        }
    }

    private Verdict judged(Path folder, Config json, Options options, OpenModel model) {
        Path gradients = folder.resolve("grads.safetensors");
        try (TensorFile inputs = new TensorFile(formats, folder.resolve("inputs.safetensors"));
                TensorFile expected = new TensorFile(formats, folder.resolve("expected.safetensors"))) {
            ModelJudge judge = new ModelJudge(OpenModels.judged(model), operations,
                OpenModels.choice(backends, options.backend()), options.numerics(), inputs);
            Judgement judgement = new Judgement(json, expected, options.numerics());
            judge.outputs(judgement);
            judge.variants(judgement);
            new GreedyJudge(engines, options.backend(), options.numerics(), model, inputs).answers(judgement);
            judgement.skip("beam.", "there is no beam search");
            judgement.rest();
            if (options.gradients() && Files.exists(gradients)) {
                try (TensorFile stored = new TensorFile(formats, gradients)) {
                    judge.gradients(judgement, stored);
                }
            }
            return judgement.verdict("");
        }
    }
}
