package dev.transom.api.model;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.ModelDefinition;
import dev.transom.api.format.ModelFiles;
import dev.transom.api.tensor.ParameterStore;
import dev.transom.api.tensor.TypePlan;
import dev.transom.api.tokenizer.Tokenizer;
import dev.transom.graph.Graph;
import org.osgi.annotation.versioning.ProviderType;

/**
 * An opened model. It holds a lease on its architecture until it is closed: an update waits for that, and goes on serving new
 * opens with the new version meanwhile. Safe for concurrent use.
 */
@ProviderType
public interface OpenModel extends AutoCloseable {

    /** What the user called it. */
    String reference();

    ModelFiles files();

    ModelDefinition definition();

    /** Version and name of the bundle whose architecture defines it, for example {@code dev.transom.architecture.gpt 1.0.0}. */
    String architecture();

    /** Parameters by the definition's bindings. */
    ParameterStore parameters();

    /**
     * Formats of a graph's parameters as the files hold them.
     *
     * @throws TransomException for a tensor that is missing, or of another shape
     */
    TypePlan types(Graph graph);

    /** The tokenizer; a sentence when there is none. */
    default Tokenizer tokenizer() {
        return files().tokenizer().orElseThrow(() -> new TransomException(files().where()
            + ": a tokenizer is required for text; there is no tokenizer.json. Add it to the model's folder."));
    }

    @Override
    void close();
}
