package dev.transom.app.inspect.internal;

import dev.transom.api.sizing.Sizing.Estimate;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/** A size report for machines; sizes in bytes. */
final class SizeJson {

    private SizeJson() {
    }

    static JsonObject of(SizeReport report) {
        Estimate estimate = report.estimate();
        Load load = report.load();
        JsonObjectBuilder formats = Json.createObjectBuilder();
        report.formats().forEach(formats::add);
        return Json.createObjectBuilder()
            .add("model", report.model())
            .add("model_type", report.facts().modelType())
            .add("description", report.facts().description())
            .add("parameters", report.size().parameters())
            .add("cache_elements_per_position", report.size().cacheElements())
            .add("flops_per_token", (long) report.size().flopsPerToken())
            .add("flops_per_token_and_position", (long) report.size().flopsPerPosition())
            .add("backend", report.backend())
            .add("head", load.head())
            .add("context", load.context())
            .add("rows", load.rows())
            .add("tokens_per_step", load.tokens())
            .add("weights", estimate.weights())
            .add("weights_by_format", formats)
            .add("weights_converted", report.converted())
            .add("repacked", estimate.repacked())
            .add("cache", estimate.cache())
            .add("activations", estimate.activations())
            .add("workspace", estimate.workspace())
            .add("total", estimate.total())
            .add("rule_of_thumb", Json.createArrayBuilder().add(estimate.ruleLow()).add(estimate.ruleHigh()))
            .add("available", estimate.available())
            .add("fits", estimate.fits())
            .add("shortfall", estimate.shortfall())
            .add("context_that_fits", report.room().context())
            .add("rows_that_fit", report.room().rows())
            .build();
    }
}
