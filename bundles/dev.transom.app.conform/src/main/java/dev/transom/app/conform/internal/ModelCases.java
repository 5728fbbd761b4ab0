package dev.transom.app.conform.internal;

import dev.transom.api.MissingCapabilityException;
import dev.transom.api.backend.Backends;
import dev.transom.api.capability.ProvidesKit;
import dev.transom.api.config.Config;
import dev.transom.api.conformance.CaseKit;
import dev.transom.api.engine.EngineOptions;
import dev.transom.api.engine.Engines;
import dev.transom.api.format.TensorFormat;
import dev.transom.api.model.Models;
import dev.transom.api.model.OpenModel;
import dev.transom.api.task.Embedding;
import dev.transom.api.tokenizer.EncodeOptions;
import dev.transom.conformance.architecture.CaseFile;
import dev.transom.conformance.architecture.Differences;
import dev.transom.conformance.architecture.Judgement;
import dev.transom.conformance.architecture.ModelJudge;
import dev.transom.conformance.architecture.TensorFile;
import dev.transom.graph.HostTensor;
import dev.transom.graph.Operations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Judges real models, whose files are too large to lie beside a case. Sentence embeddings, and answers to prompts. */
@Component(service = CaseKit.class)
@ProvidesKit(name = "model")
public final class ModelCases implements CaseKit {

    /** How near 1 the cosine of an embedding with the reference's must be. */
    private static final double COSINE_TOLERANCE = 1e-4;

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

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
        policyOption = ReferencePolicyOption.GREEDY)
    private volatile Embedding embedding;

    @Override
    public List<String> kinds() {
        return List.of("model");
    }

    @Override
    public void judge(Path file, Options options, Consumer<Verdict> report) {
        Config json = CaseFile.read(file);
        String name = json.text("model", file.getParent().getFileName().toString()).split(" ")[0];
        Optional<Path> folder = options.models().map(models -> models.resolve(name));
        boolean answers = AnswerCases.has(json);
        if (!json.has("sentences") && !answers) {
            report.accept(new Missing("", "kit for models of this kind"));
        } else if (folder.isEmpty() || !Files.exists(folder.get())) {
            report.accept(new Missing("", "model " + name
                + folder.map(path -> " at " + path).orElse("; say where it lies with --models")));
        } else if (answers) {
            report.accept(answered(file, json, folder.get(), options));
        } else if (embedding == null) {
            report.accept(new Missing("", "task embedding"));
        } else {
            report.accept(judged(file, json, folder.get(), options));
        }
    }

    private Verdict answered(Path file, Config json, Path folder, Options options) {
        try (OpenModel model = models.open(folder.toString(), folder);
                TensorFile expected = new TensorFile(formats, file.resolveSibling("expected.safetensors"))) {
            Judgement judgement = new Judgement(json, expected, options.numerics());
            new AnswerCases(operations, backends, engines, options).judge(judgement, model);
            judgement.rest();
            return judgement.verdict("");
        } catch (MissingCapabilityException missing) {
            return new Missing("", Missings.what(missing));
        }
    }

    private Verdict judged(Path file, Config json, Path folder, Options options) {
        try (OpenModel model = models.open(folder.toString(), folder);
                TensorFile inputs = new TensorFile(formats, file.resolveSibling("inputs.safetensors"));
                TensorFile expected = new TensorFile(formats, file.resolveSibling("expected.safetensors"))) {
            Judgement judgement = new Judgement(json, expected, options.numerics());
            List<String> sentences = json.texts("sentences");
            ModelJudge judge = new ModelJudge(OpenModels.judged(model), operations,
                OpenModels.choice(backends, options.backend()), options.numerics(), inputs);
            judgement.compare("input_ids", Differences.count(concat(judge.rows()), concat(sentences.stream()
                .map(sentence -> model.tokenizer().encode(sentence, EncodeOptions.WITH_SPECIAL_TOKENS).ids()).toList())), 0);
            embeddings(judgement, model, sentences, options);
            lastHiddenState(judgement, judge);
            judgement.rest();
            return judgement.verdict("");
        } catch (MissingCapabilityException missing) {
            return new Missing("", Missings.what(missing));
        }
    }

    private void embeddings(Judgement judgement, OpenModel model, List<String> sentences, Options options) {
        Embedding task = embedding;
        EngineOptions engine = new EngineOptions(Optional.of(options.backend()), options.numerics(), 0, 0, 16, 512);
        try (Embedding.Embedder embedder = task.open(model, engine)) {
            List<float[]> together = embedder.embed(sentences);
            List<float[]> alone = sentences.stream().map(sentence -> embedder.embed(List.of(sentence)).getFirst()).toList();
            double[] wanted = judgement.expected().reals("embeddings");
            int width = embedder.dimension();
            double tolerance = tolerance(judgement, "embeddings");
            judgement.compare("embeddings", Differences.largest(wanted, flat(together)), tolerance);
            judgement.compare("embeddings, one at a time", Differences.largest(wanted, flat(alone)), tolerance);
            judgement.compare("1 - cosine with the reference", distance(wanted, together, width), COSINE_TOLERANCE);
            judgement.compare("1 - cosine, one at a time", distance(wanted, alone, width), COSINE_TOLERANCE);
            judgement.compare("cosine", Differences.largest(judgement.expected().reals("cosine"), cosines(together)),
                tolerance(judgement, "cosine"));
        }
    }

    private static void lastHiddenState(Judgement judgement, ModelJudge judge) {
        String item = "last_hidden_state.0";
        if (judgement.expected().has(item)) {
            HostTensor state = judge.lastHiddenState(0);
            // The case holds padded positions too, after the valid ones.
            double[] wanted = Arrays.copyOf(judgement.expected().reals(item), state.reals().length);
            judgement.compare(item, Differences.largest(wanted, state.reals()), tolerance(judgement, item));
        }
    }

    private static double tolerance(Judgement judgement, String item) {
        return judgement.json().object("tolerance").filter(own -> own.has(item)).map(own -> own.real(item, 0)).orElseThrow(() ->
            judgement.json().missing("tolerance." + item));
    }

    private static double distance(double[] wanted, List<float[]> vectors, int width) {
        double largest = 0;
        for (int row = 0; row < vectors.size(); row++) {
            double[] reference = Arrays.copyOfRange(wanted, row * width, (row + 1) * width);
            largest = Math.max(largest, 1 - cosine(reference, reals(vectors.get(row))));
        }
        return largest;
    }

    private static double[] cosines(List<float[]> vectors) {
        double[] cosines = new double[vectors.size() * vectors.size()];
        for (int i = 0; i < cosines.length; i++) {
            cosines[i] = cosine(reals(vectors.get(i / vectors.size())), reals(vectors.get(i % vectors.size())));
        }
        return cosines;
    }

    private static double cosine(double[] a, double[] b) {
        double product = 0;
        double squaresA = 0;
        double squaresB = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
            squaresA += a[i] * a[i];
            squaresB += b[i] * b[i];
        }
        return product / Math.sqrt(squaresA * squaresB);
    }

    private static double[] flat(List<float[]> vectors) {
        return vectors.stream().map(ModelCases::reals).flatMapToDouble(Arrays::stream).toArray();
    }

    private static double[] reals(float[] vector) {
        double[] reals = new double[vector.length];
        for (int i = 0; i < reals.length; i++) {
            reals[i] = vector[i];
        }
        return reals;
    }

    private static int[] concat(List<int[]> rows) {
        List<Integer> all = new ArrayList<>();
        rows.forEach(row -> Arrays.stream(row).forEach(all::add));
        return all.stream().mapToInt(Integer::intValue).toArray();
    }
}
