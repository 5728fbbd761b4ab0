package dev.transom.sizing.internal;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.Architecture;
import dev.transom.api.capability.ProvidesKit;
import dev.transom.api.config.Config;
import dev.transom.api.conformance.CaseKit;
import dev.transom.graph.GraphException;
import dev.transom.graph.Operations;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Judges what sizing counts of public configurations: every figure must be exact. */
@Component(service = CaseKit.class)
@ProvidesKit(name = SizingCases.KIND)
public final class SizingCases implements CaseKit {

    static final String KIND = "sizing";

    private final Operations operations;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC,
        policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Architecture> architectures = List.of();

    @Activate
    public SizingCases(@Reference Operations operations) {
        this.operations = operations;
    }

    SizingCases(Operations operations, List<Architecture> architectures) {
        this.operations = operations;
        this.architectures = architectures;
    }

    @Override
    public List<String> kinds() {
        return List.of(KIND);
    }

    @Override
    public void judge(Path file, Options options, Consumer<Verdict> report) {
        JsonObject models = PlainJson.read(file).getJsonObject("models");
        if (models == null) {
            throw new TransomException(file + ": models is required, an object of configurations; it is absent. Add it.");
        }
        models.forEach((name, value) -> report.accept(judge(file, name, value.asJsonObject())));
    }

    private Verdict judge(Path file, String name, JsonObject expected) {
        Config config = new Config(file + " " + name, PlainJson.object(expected.getJsonObject("config")));
        String type = config.text("model_type").orElseThrow(() -> config.missing("model_type"));
        Optional<Architecture> architecture = architectures.stream().filter(each -> each.modelTypes().contains(type)).findFirst();
        if (architecture.isEmpty()) {
            return new Missing(name, "architecture model_type=" + type);
        }
        try {
            ModelCounts counts = new ModelCounts(architecture.get().define(config), operations);
            return judged(name, new ExpectedSize(counts, expected.getString("model_class", "")), expected);
        } catch (TransomException | GraphException broken) {
            return new Broken(name, broken.getMessage());
        }
    }

    private static Verdict judged(String name, ExpectedSize actual, JsonObject expected) {
        List<Comparison> comparisons = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        expected.forEach((item, value) -> {
            switch (item) {
                case "config", "model_class" -> { }
                case "flops_per_token" -> value.asJsonObject().keySet().forEach(positions -> comparisons.add(exact(
                    item + " " + positions, actual.flopsPerToken(Integer.parseInt(positions)),
                    number(value.asJsonObject(), positions))));
                case "flops_per_sequence" -> value.asJsonObject().keySet().forEach(tokens -> comparisons.add(exact(
                    item + " " + tokens, actual.flopsPerSequence(Integer.parseInt(tokens)),
                    number(value.asJsonObject(), tokens))));
                default -> actual.item(item).ifPresentOrElse(
                    count -> comparisons.add(exact(item, count, number(expected, item))),
                    () -> skipped.add(item + ": sizing does not count it yet"));
            }
        });
        return new Judged(name, comparisons, skipped);
    }

    private static double number(JsonObject object, String key) {
        return object.getJsonNumber(key).doubleValue();
    }

    /** Counts stay below 2^53, so doubles hold them exactly. */
    private static Comparison exact(String item, double actual, double expected) {
        return new Comparison(item, Math.abs(actual - expected), 0);
    }
}
