package dev.transom.samplers.internal;

import dev.transom.api.TransomException;
import dev.transom.api.capability.ProvidesKit;
import dev.transom.api.conformance.CaseKit;
import dev.transom.api.format.TensorFormat;
import dev.transom.api.sampler.Sampler;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Judges sampling steps, a plugin's as well: each case names options, a step that reads them is looked up among the services and
 * its logits (or the probabilities after all steps) are compared.
 */
@Component
@ProvidesKit(name = "sampler")
public final class SamplerKit implements CaseKit {

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Sampler> samplers = List.of();

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<TensorFormat> formats = List.of();

    /** For the component runtime. */
    public SamplerKit() {
    }

    SamplerKit(List<Sampler> samplers, List<TensorFormat> formats) {
        this.samplers = samplers;
        this.formats = formats;
    }

    @Override
    public List<String> kinds() {
        return List.of("sampler");
    }

    @Override
    public void judge(Path file, Options options, Consumer<Verdict> report) {
        JsonObject root = read(file);
        List<Sampler> installed = samplers;
        try (CaseTensors inputs = new CaseTensors(formats, file.resolveSibling("inputs.safetensors"));
                CaseTensors expected = new CaseTensors(formats, file.resolveSibling("expected.safetensors"))) {
            for (JsonObject entry : root.getJsonArray("cases").getValuesAs(JsonObject.class)) {
                String name = entry.getString("case");
                try {
                    report.accept(judge(name, new SamplerCase(entry, installed), root, inputs, expected));
                } catch (TransomException | JsonException | ClassCastException | NullPointerException broken) {
                    report.accept(new Broken(name, String.valueOf(broken.getMessage())));
                }
            }
        }
    }

    private static Verdict judge(String name, SamplerCase one, JsonObject root, CaseTensors inputs, CaseTensors expected) {
        if (one.missing().isPresent()) {
            return new Missing(name, "sampler " + one.missing().get());
        }
        String size = one.size();
        float[] logits = inputs.reals("logits." + size).orElseThrow(() -> absent("logits." + size));
        int[] history = inputs.ints("history." + size).orElse(new int[0]);
        for (Sampler.Step step : one.steps()) {
            step.apply(logits, history, history.length);
        }
        String kind = one.probabilities() ? "probabilities" : "logits";
        String tensor = name + (one.probabilities() ? ".probs" : ".logits");
        float[] wanted = expected.reals(tensor).orElseThrow(() -> absent(tensor));
        float[] got = one.probabilities() ? softmax(logits) : logits;
        double tolerance = root.getJsonObject("tolerance").getJsonNumber(kind).doubleValue();
        return new Judged(name, List.of(new Comparison(kind, difference(got, wanted), tolerance)), List.of());
    }

    /** The largest difference; a token that only one of the two removed makes it infinite. */
    private static double difference(float[] got, float[] wanted) {
        if (got.length != wanted.length) {
            return Double.POSITIVE_INFINITY;
        }
        double largest = 0;
        for (int i = 0; i < got.length; i++) {
            if (got[i] != wanted[i]) {
                double difference = Math.abs((double) got[i] - wanted[i]);
                largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
            }
        }
        return largest;
    }

    private static float[] softmax(float[] logits) {
        double largest = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            largest = Math.max(largest, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - largest);
        }
        float[] probabilities = new float[logits.length];
        for (int i = 0; i < logits.length; i++) {
            probabilities[i] = (float) (Math.exp(logits[i] - largest) / sum);
        }
        return probabilities;
    }

    private static JsonObject read(Path file) {
        try (var in = Files.newInputStream(file); var reader = Json.createReader(in)) {
            return reader.readObject();
        } catch (IOException | JsonException unreadable) {
            throw new TransomException(file + ": it must be a JSON file; " + unreadable.getMessage() + ".", unreadable);
        }
    }

    private static TransomException absent(String tensor) {
        return new TransomException("tensor " + tensor + " is required; the case's files lack it.");
    }
}
