package dev.transom.api.engine;

import dev.transom.api.backend.Plan;
import dev.transom.api.model.OpenModel;
import org.osgi.annotation.versioning.ProviderType;

/** One loaded model and its scheduler, which batches all requests continuously. Safe for concurrent use. */
@ProviderType
public interface Engine extends AutoCloseable {

    OpenModel model();

    /** Name of the backend that runs it. */
    String backend();

    /** What the backend planned. */
    Plan plan();

    /** Positions a row may have. */
    int context();

    /**
     * Queues a request.
     *
     * @throws dev.transom.api.TransomException when the prompt is empty, holds an id outside the vocabulary, or is longer than the context
     */
    Generation submit(GenerationRequest request);

    /** Frees the engine after its running requests, when the last user has closed it. */
    @Override
    void close();
}
