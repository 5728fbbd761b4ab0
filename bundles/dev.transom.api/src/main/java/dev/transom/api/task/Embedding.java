package dev.transom.api.task;

import dev.transom.api.engine.EngineOptions;
import dev.transom.api.model.OpenModel;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Sentences to vectors, pooled and normalised as the model's folder says. */
@ProviderType
public interface Embedding extends Task {

    /** Loads a model for embedding; the caller closes both. */
    Embedder open(OpenModel model, EngineOptions options);

    /** A model loaded for embedding. Safe for concurrent use. */
    @ProviderType
    interface Embedder extends AutoCloseable {

        /** Size of a vector. */
        int dimension();

        /** One vector {@code [dimension]} for each text; texts share steps. */
        List<float[]> embed(List<String> texts);

        @Override
        void close();
    }
}
