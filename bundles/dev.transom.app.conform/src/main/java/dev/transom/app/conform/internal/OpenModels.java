package dev.transom.app.conform.internal;

import dev.transom.api.backend.Backend;
import dev.transom.api.backend.Backends;
import dev.transom.api.model.OpenModel;
import dev.transom.conformance.architecture.JudgedModel;
import dev.transom.graph.Graph;
import java.util.Optional;
import java.util.function.Function;

/** Hands the platform's models and backends to the kits, which know no platform. */
final class OpenModels {

    private OpenModels() {
    }

    static JudgedModel judged(OpenModel model) {
        return new JudgedModel(model.definition(), model.parameters(), model::types, model.files().tensors());
    }

    /** The backend called {@code name} for each graph. */
    static Function<Graph, Backend> choice(Backends backends, String name) {
        return graph -> backends.choose(Optional.of(name), graph);
    }
}
