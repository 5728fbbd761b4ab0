package dev.transom.api.tensor;

import java.util.Optional;
import java.util.SequencedSet;
import org.osgi.annotation.versioning.ConsumerType;

/** Tensors by name, as a model's files hold them. Safe for concurrent use; tensors are valid until it is closed. */
@ConsumerType
public interface TensorSource extends AutoCloseable {

    /** Names in the order of the file. */
    SequencedSet<String> names();

    /** The tensor called {@code name}, or empty. */
    Optional<StoredTensor> find(String name);

    @Override
    void close();
}
