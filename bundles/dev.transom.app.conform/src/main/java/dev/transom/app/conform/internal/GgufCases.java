package dev.transom.app.conform.internal;

import dev.transom.api.MissingCapabilityException;
import dev.transom.api.TransomException;
import dev.transom.api.backend.Backends;
import dev.transom.api.backend.PlanOptions.Numerics;
import dev.transom.api.capability.ProvidesKit;
import dev.transom.api.config.Config;
import dev.transom.api.conformance.CaseKit;
import dev.transom.api.format.TensorFormat;
import dev.transom.api.model.Models;
import dev.transom.api.model.OpenModel;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.blocks.Blocks;
import dev.transom.conformance.architecture.CaseFile;
import dev.transom.conformance.architecture.Differences;
import dev.transom.conformance.architecture.RowLogits;
import dev.transom.conformance.architecture.TensorFile;
import dev.transom.graph.GraphException;
import dev.transom.graph.Operations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Judges tiny models in GGUF files: some rows of weights bit by bit, logits of one row within the case's tolerance, or under fast numerics
 * within one and a half times what llama.cpp is off by. Beside them lie raw blocks of every type and every small float.
 */
@Component(service = CaseKit.class)
@ProvidesKit(name = "gguf")
public final class GgufCases implements CaseKit {

    private static final String ROWS = "dequantized.";
    /** How much farther from the reference fast numerics may be than llama.cpp is. */
    private static final double FAST_SLACK = 1.5;

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
        return List.of("gguf");
    }

    @Override
    public void judge(Path file, Options options, Consumer<Verdict> report) {
        Config cases = CaseFile.read(file);
        Config files = cases.object("files").orElseThrow(() -> cases.missing("files"));
        for (String name : files.values().keySet()) {
            report.accept(model(file, name, files.object(name).orElseThrow(() -> files.missing(name)), options));
        }
        BlockCases blocks = new BlockCases(formats);
        if (Files.exists(file.resolveSibling("blocks.json"))) {
            blocks.blocks(file.resolveSibling("blocks.json"), report);
        }
        if (Files.exists(file.resolveSibling("float_formats.safetensors"))) {
            blocks.floats(file.resolveSibling("float_formats.safetensors"), report);
        }
    }

    private Verdict model(Path file, String name, Config entry, Options options) {
        Path model = file.resolveSibling(entry.text("file").orElseThrow(() -> entry.missing("file")));
        try (OpenModel open = models.open(model.toString(), model.getParent());
                TensorFile expected = new TensorFile(formats, file.resolveSibling(name + ".expected.safetensors"))) {
            List<Comparison> comparisons = new ArrayList<>();
            for (String item : expected.names()) {
                if (item.startsWith(ROWS)) {
                    comparisons.add(new Comparison(item, rows(open, item.substring(ROWS.length()), expected.reals(item)), 0));
                }
            }
            RowLogits logits = new RowLogits(OpenModels.judged(open), operations, OpenModels.choice(backends, options.backend()),
                options.numerics());
            int[] ids = entry.ids("input_ids").stream().mapToInt(Integer::intValue).toArray();
            comparisons.add(new Comparison("logits", Differences.largest(expected.reals("logits"), logits.of(ids)),
                tolerance(entry, options.numerics())));
            return new Judged(name, comparisons, List.of());
        } catch (MissingCapabilityException missing) {
            return new Missing(name, Missings.what(missing));
        } catch (GraphException | TransomException broken) {
            return new Broken(name, broken.getMessage());
        }
    }

    private static double tolerance(Config entry, Numerics numerics) {
        double exact = entry.object("tolerance").map(own -> own.real("logits", 0)).orElseThrow(() -> entry.missing("tolerance.logits"));
        double theirs = entry.object("llama_cpp").map(own -> own.real("max_abs_difference", 0)).orElse(0.0);
        return numerics == Numerics.FAST ? Math.max(exact, FAST_SLACK * theirs) : exact;
    }

    private static double rows(OpenModel model, String tensor, double[] expected) {
        StoredTensor stored = model.files().tensors().find(tensor).orElseThrow(() -> new TransomException(model.files().where()
            + ": tensor " + tensor + " is required by the case; it is absent."));
        float[] read = new float[expected.length];
        Blocks.decode(stored.format(), stored.data(), 0, read, 0, read.length);
        return BlockCases.largest(expected, read);
    }
}
