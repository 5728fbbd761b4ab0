package dev.transom.api.tensor;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The parameters of one model by name, shared by everything that runs it: training, evaluation, generation, a policy and its
 * reference. Safe for concurrent reading; {@link #version} rises when an optimiser has written.
 */
@ProviderType
public interface ParameterStore {

    /** Rises with every change of a value. */
    long version();

    /** The parameter called {@code name} in the shape that the graph declares. */
    Optional<StoredTensor> find(String name);

    /**
     * The format in which the parameter called {@code name} is stored, without binding it; F32 where a binding computes.
     */
    Optional<Format> format(String name);
}
