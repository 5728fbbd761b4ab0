package dev.transom.api.architecture;

import dev.transom.api.config.Config;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Reads the configurations of one family of models. Registered as a service; the bundle announces the {@code model_type}s with
 * {@link dev.transom.api.capability.ProvidesArchitecture}.
 */
@ConsumerType
public interface Architecture {

    /** The values of {@code model_type} in config.json that this family reads. */
    Set<String> modelTypes();

    /**
     * Reads and validates a configuration.
     *
     * @throws dev.transom.api.TransomException for a field it does not understand or whose value is out of range
     */
    ModelDefinition define(Config config);
}
