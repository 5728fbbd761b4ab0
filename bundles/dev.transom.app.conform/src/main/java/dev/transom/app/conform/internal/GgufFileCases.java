package dev.transom.app.conform.internal;

import dev.transom.api.TransomException;
import dev.transom.api.capability.ProvidesKit;
import dev.transom.api.config.Config;
import dev.transom.api.conformance.CaseKit;
import dev.transom.api.format.TensorFormat;
import dev.transom.conformance.architecture.CaseFile;
import dev.transom.conformance.architecture.Differences;
import dev.transom.conformance.architecture.TensorFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Judges good and bad GGUF files: the good must be read, the bad refused by a sentence. */
@Component(service = CaseKit.class)
@ProvidesKit(name = {"gguf_good", "gguf_bad"})
public final class GgufFileCases implements CaseKit {

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<TensorFormat> formats = List.of();

    @Override
    public List<String> kinds() {
        return List.of("gguf_good", "gguf_bad");
    }

    @Override
    @SuppressWarnings("unchecked")
    public void judge(Path file, Options options, Consumer<Verdict> report) {
        Config cases = CaseFile.read(file);
        boolean good = cases.text("kind", "").equals("gguf_good");
        for (Object element : cases.list("files")) {
            Config entry = new Config(file.toString(), (Map<String, Object>) element);
            Path one = file.resolveSibling(entry.text("file").orElseThrow(() -> entry.missing("file")));
            report.accept(good ? good(one, entry) : bad(one, entry));
        }
    }

    private Verdict good(Path file, Config entry) {
        String name = file.getFileName().toString();
        try (TensorFile read = new TensorFile(formats, file)) {
            Map<String, Object> values = entry.object("values").orElseThrow(() -> entry.missing("values")).values();
            return new Judged(name, values.keySet().stream().map(tensor -> new Comparison(tensor, read.has(tensor)
                ? Differences.largest(reals((List<?>) values.get(tensor)), read.reals(tensor)) : Double.POSITIVE_INFINITY, 0)).toList(),
                List.of());
        } catch (TransomException refused) {
            return new Broken(name, refused.getMessage());
        }
    }

    private Verdict bad(Path file, Config entry) {
        boolean refused = false;
        try (TensorFile read = new TensorFile(formats, file)) {
            refused = entry.flag("optional", false);
        } catch (TransomException sentence) {
            refused = true;
        }
        return new Judged(file.getFileName().toString(), List.of(new Comparison("refused", refused ? 0 : 1, 0)), List.of());
    }

    private static double[] reals(List<?> values) {
        return values.stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray();
    }
}
