package dev.transom.app.inspect.internal;

import dev.transom.api.architecture.Head;
import dev.transom.api.architecture.ModelFacts;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.app.inspect.internal.Inspection.Parameter;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Collection;
import java.util.Locale;

/** An inspection for machines. */
final class InspectJson {

    private InspectJson() {
    }

    static JsonObject of(Inspection inspection) {
        ModelFacts facts = inspection.facts();
        JsonArrayBuilder heads = Json.createArrayBuilder();
        facts.heads().forEach(head -> heads.add(head(head)));
        JsonArrayBuilder parameters = Json.createArrayBuilder();
        inspection.parameters().forEach(parameter -> parameters.add(parameter(parameter)));
        JsonArrayBuilder unused = Json.createArrayBuilder();
        inspection.unused().forEach(tensor -> unused.add(tensor(tensor)));
        JsonObjectBuilder object = Json.createObjectBuilder()
            .add("model", inspection.model())
            .add("where", inspection.where())
            .add("description", facts.description())
            .add("model_type", facts.modelType())
            .add("architecture", inspection.architecture())
            .add("structure", facts.structure().name().toLowerCase(Locale.ROOT))
            .add("layers", facts.layers())
            .add("hidden", facts.hidden())
            .add("vocabulary", facts.vocabulary())
            .add("max_positions", facts.maxPositions())
            .add("heads", heads)
            .add("default_head", facts.defaultHead())
            .add("parameter_count", inspection.elements())
            .add("configuration", Json.createObjectBuilder(inspection.config().values()));
        inspection.noWeights().ifPresent(reason -> object.add("no_weights", reason));
        return object.add("parameters", parameters).add("unused", unused).build();
    }

    private static JsonObjectBuilder head(Head head) {
        return Json.createObjectBuilder().add("name", head.name()).add("outputs", texts(head.outputs()))
            .add("labels", head.labels().name().toLowerCase(Locale.ROOT));
    }

    private static JsonObjectBuilder parameter(Parameter parameter) {
        return Json.createObjectBuilder().add("name", parameter.name()).add("shape", numbers(parameter.shape()))
            .add("heads", texts(parameter.heads())).add("made_of", parameter.made()).add("formats", texts(parameter.formats()))
            .add("missing", texts(parameter.missing()));
    }

    private static JsonObjectBuilder tensor(StoredTensor tensor) {
        return Json.createObjectBuilder().add("name", tensor.name()).add("format", tensor.format().name())
            .add("shape", numbers(tensor.shape()));
    }

    private static JsonArrayBuilder texts(Collection<String> texts) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        texts.forEach(array::add);
        return array;
    }

    private static JsonArrayBuilder numbers(Collection<Long> numbers) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        numbers.forEach(array::add);
        return array;
    }
}
