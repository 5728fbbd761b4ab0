package dev.transom.app.bench.internal;

import dev.transom.api.TransomException;
import dev.transom.api.application.Session;
import dev.transom.api.backend.Backend;
import dev.transom.api.backend.Backends;
import dev.transom.api.backend.Executable;
import dev.transom.api.engine.Engines;
import dev.transom.api.model.Models;
import dev.transom.api.model.OpenModel;
import dev.transom.api.tensor.ParameterStore;
import dev.transom.api.tensor.TypePlan;
import dev.transom.graph.Graph;
import dev.transom.graph.Operations;
import java.util.Optional;

/** What all benches work with: where they print, and the services of the platform. */
record Surroundings(Session session, Engines engines, Backends backends, Models models, Operations operations) {

    /**
     * Opens a model.
     *
     * @param random with random weights of this format in place of the files'; empty takes the files'
     */
    OpenModel open(String reference, Optional<String> random) {
        OpenModel opened = models.open(reference, session.workingDirectory());
        return random.isEmpty() ? opened : new RandomModel(opened, RandomParameters.named(random.get()), operations);
    }

    /** Loads a graph on the backend that the options name. */
    Loaded load(Graph graph, TypePlan types, ParameterStore parameters, CommonArguments options) {
        Backend backend = backends.choose(options.backend(), graph);
        return new Loaded(backend.name(), backend.load(backend.plan(graph, types, options.plan()), parameters));
    }

    /** Refuses a number below one. */
    static void atLeastOne(String option, int value) {
        if (value < 1) {
            throw new TransomException("option " + option + ": it must be 1 or more; got " + value + ".");
        }
    }

    /** A graph on a backend. */
    record Loaded(String backend, Executable executable) implements AutoCloseable {
        @Override
        public void close() {
            executable.close();
        }
    }
}
