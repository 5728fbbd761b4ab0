package dev.transom.format.huggingface.internal;

import dev.transom.api.TransomException;
import dev.transom.api.config.Config;
import dev.transom.api.conformance.CaseKit;
import dev.transom.api.format.FolderResources;
import dev.transom.api.tensor.StoredTensor;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Component;

/** Judges good and bad safetensors files: the good must be read, the bad refused by a sentence. */
@Component(service = CaseKit.class)
@dev.transom.api.capability.ProvidesKit(name = {"safetensors_good", "safetensors_bad"})
public final class SafetensorsCases implements CaseKit {

    @Override
    public List<String> kinds() {
        return List.of("safetensors_good", "safetensors_bad");
    }

    @Override
    public void judge(Path file, Options options, Consumer<Verdict> report) {
        try (FolderResources folder = new FolderResources(file.toAbsolutePath().getParent())) {
            Config cases = new Config(file.toString(), JsonText.object(file.toString(),
                folder.open(file.getFileName().toString()).orElseThrow()));
            boolean good = cases.text("kind", "").equals("safetensors_good");
            for (Object element : cases.list("files")) {
                Config entry = new Config(file.toString(), plain(element));
                report.accept(good ? good(folder, entry) : bad(folder, entry));
            }
        }
    }

    private static Verdict good(FolderResources folder, Config entry) {
        String name = entry.text("file").orElseThrow();
        try {
            Safetensors read = Safetensors.read(name, content(folder, name));
            Map<String, Object> values = entry.object("values").orElseThrow().values();
            return new Judged(name, values.keySet().stream().map(tensor ->
                new Comparison(tensor, difference(read.find(tensor), (List<?>) values.get(tensor)), 0)).toList(), List.of());
        } catch (TransomException refused) {
            return new Broken(name, refused.getMessage());
        }
    }

    private static double difference(Optional<StoredTensor> tensor, List<?> expected) {
        if (tensor.isEmpty() || tensor.get().elements() != expected.size()) {
            return Double.POSITIVE_INFINITY;
        }
        double largest = 0;
        for (int i = 0; i < expected.size(); i++) {
            largest = Math.max(largest, Math.abs(tensor.get().real(i) - ((Number) expected.get(i)).doubleValue()));
        }
        return largest;
    }

    private static Verdict bad(FolderResources folder, Config entry) {
        String name = entry.text("file").orElseThrow();
        try {
            Safetensors.read(name, content(folder, name));
            return new Judged(name, List.of(new Comparison("refused", entry.flag("optional", false) ? 0 : 1, 0)), List.of());
        } catch (TransomException refused) {
            return new Judged(name, List.of(new Comparison("refused", 0, 0)), List.of());
        }
    }

    private static MemorySegment content(FolderResources folder, String name) {
        return folder.open(name).orElseThrow(() -> new TransomException(folder.where() + "/" + name
            + ": the case names this file; it is absent."));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> plain(Object element) {
        return (Map<String, Object>) element;
    }
}
