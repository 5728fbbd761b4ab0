package dev.transom.nn;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.Head;
import dev.transom.graph.Value;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** A head of a model: from the last hidden state to outputs, and to a loss. Implemented by records. */
@ConsumerType
public interface ModelHead {

    /** Its name, its outputs and its labels. */
    Head head();

    /**
     * Builds the outputs.
     *
     * @param hidden the last hidden state {@code [tokens, hidden]}
     * @return a value for each of {@code head().outputs()}
     */
    List<Value> outputs(Net net, Value hidden);

    /**
     * Builds the loss, a scalar, with its labels as inputs.
     *
     * @param outputs of {@link #outputs}
     */
    default Value loss(Net net, Value hidden, List<Value> outputs) {
        throw new TransomException("head " + head().name() + ": a head with labels is required for a loss; this one has none."
            + " Choose another head.");
    }
}
