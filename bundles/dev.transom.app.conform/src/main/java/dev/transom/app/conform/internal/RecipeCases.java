package dev.transom.app.conform.internal;

import dev.transom.api.MissingCapabilityException;
import dev.transom.api.TransomException;
import dev.transom.api.backend.Backends;
import dev.transom.api.capability.ProvidesKit;
import dev.transom.api.conformance.CaseKit;
import dev.transom.api.format.TensorFormat;
import dev.transom.api.model.Models;
import dev.transom.api.model.OpenModel;
import dev.transom.conformance.architecture.RecipeJudge;
import dev.transom.conformance.architecture.RecipeJudge.Combination;
import dev.transom.graph.GraphException;
import dev.transom.graph.Operations;
import jakarta.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Judges the recipe: every combination of structure, position, activation and normalisation over one set of weights. Each becomes
 * a model folder of model_type {@code transformer}, opened as any other.
 */
@Component(service = CaseKit.class)
@ProvidesKit(name = "recipe")
public final class RecipeCases implements CaseKit {

    @Reference
    private Models models;

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<TensorFormat> formats = List.of();

    @Reference
    private Operations operations;

    @Reference
    private Backends backends;

    @Override
    public List<String> kinds() {
        return List.of("recipe");
    }

    @Override
    public void judge(Path file, Options options, Consumer<Verdict> report) {
        Path folder = temporary(file.resolveSibling("weights.safetensors"));
        try (RecipeJudge judge = new RecipeJudge(file, formats)) {
            for (Combination one : judge.combinations()) {
                report.accept(judged(judge, one, folder, options));
            }
        } finally {
            delete(folder);
        }
    }

    private Verdict judged(RecipeJudge judge, Combination one, Path folder, Options options) {
        write(folder.resolve("config.json"), Json.createObjectBuilder(judge.config(one).values()).build().toString());
        try (OpenModel model = models.open(folder.toString(), folder)) {
            return judge.judge(one, OpenModels.judged(model), operations, OpenModels.choice(backends, options.backend()),
                options.numerics(), options.gradients());
        } catch (MissingCapabilityException missing) {
            return new Missing(one.name(), Missings.what(missing));
        } catch (TransomException | GraphException broken) {
            return new Broken(one.name(), broken.getMessage());
        }
    }

    private static Path temporary(Path weights) {
        try {
            Path folder = Files.createTempDirectory("transom-recipe");
            Files.copy(weights, folder.resolve("model.safetensors"));
            return folder;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
