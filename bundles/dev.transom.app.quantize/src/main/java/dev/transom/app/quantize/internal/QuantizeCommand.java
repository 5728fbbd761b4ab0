package dev.transom.app.quantize.internal;

import dev.transom.api.TransomException;
import dev.transom.api.application.Application;
import dev.transom.api.application.Progress;
import dev.transom.api.application.Session;
import dev.transom.api.model.Models;
import dev.transom.api.model.OpenModel;
import dev.transom.api.tensor.Format;
import dev.transom.graph.Operations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a model as a GGUF file. */
@Command(name = "quantize", description = {
    "Writes a model as one GGUF file that llama.cpp and Transom read, its matrices in the type that is chosen.",
    "A type that names a format gives it to every matrix; a mix, such as Q4_K_M, spends more bits where they matter.",
    "Rows that are no whole blocks of a type get the nearest type that fits; vectors stay F32."},
    footer = {"", "Example:", "  transom quantize models/llama-0.3b-bf16 llama-0.3b-q4_k_m.gguf --type Q4_K_M"})
final class QuantizeCommand implements Callable<Integer> {

    private static final long QUANTIZATION_VERSION = 2;

    private final Session session;
    private final Models models;
    private final Operations operations;
    private final Progress.Bars bars;

    @Parameters(index = "0", paramLabel = "MODEL", description = "a model's folder or file, or bundle:NAME")
    private String model;

    @Parameters(index = "1", paramLabel = "OUT.gguf", description = "the file to write")
    private Path out;

    @Option(names = {"-t", "--type"}, paramLabel = "TYPE", defaultValue = "Q4_K_M",
        description = "F32 F16 BF16 Q8_0 Q4_0 Q4_1 Q5_0 Q5_1 Q2_K Q3_K Q4_K Q5_K Q6_K, or a mix: Q3_K_S Q3_K_M Q3_K_L Q4_K_S Q4_K_M Q5_K_S"
            + " Q5_K_M (default: ${DEFAULT-VALUE})")
    private String type;

    @Option(names = "--overwrite", description = "replace the file if it exists")
    private boolean overwrite;

    QuantizeCommand(Session session, Models models, Operations operations, Progress.Bars bars) {
        this.session = session;
        this.models = models;
        this.operations = operations;
        this.bars = bars;
    }

    @Override
    public Integer call() {
        TypeChoice choice = TypeChoice.of(type);
        Path file = session.resolve(out);
        require(file);
        try (OpenModel open = models.open(model, session.workingDirectory())) {
            if (open.files().where().equals(file.toString())) {
                throw new TransomException(file + ": another file than the model's own is required; it is the same. Name another.");
            }
            Source source = Sources.of(open, operations);
            boolean hasHead = source.has("output.weight");
            List<Format> formats = source.tensors().stream()
                .map(tensor -> choice.format(tensor.name(), tensor.shape(), source.layers(), hasHead)).toList();
            Map<String, Object> metadata = new LinkedHashMap<>(source.metadata());
            metadata.put("general.quantization_version", QUANTIZATION_VERSION);
            metadata.put("general.file_type", (long) choice.fileType());
            long total = LongStream.range(0, formats.size()).map(i ->
                GgufHeader.bytes(source.tensors().get((int) i), formats.get((int) i))).sum();
            long size;
            try (Progress bar = bars.start(session, "Writing", " MB", total / 1_000_000)) {
                size = new GgufWriter(file, bytes -> bar.to(bytes / 1_000_000)).write(metadata, source.tensors(), formats);
            }
            session.out().println(String.format(Locale.ROOT, "%s: %.1f MB, %s", file.getFileName(), size / 1e6,
                String.join(", ", TypeChoice.counts(formats))));
            return Application.DONE;
        }
    }

    private void require(Path file) {
        if (Files.isDirectory(file)) {
            throw new TransomException(file + ": a file's name is required; it is a folder. Name a file in it.");
        }
        if (Files.exists(file) && !overwrite) {
            throw new TransomException(file + ": the file must not exist; it does. Name another, or say --overwrite.");
        }
        if (file.getParent() == null || !Files.isDirectory(file.getParent())) {
            throw new TransomException(file + ": its folder must exist; it does not. Make it, or name another place.");
        }
    }
}
