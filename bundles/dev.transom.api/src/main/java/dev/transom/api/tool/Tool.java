package dev.transom.api.tool;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Something an agent may call. Registered as a service; the bundle announces it with
 * {@link dev.transom.api.capability.ProvidesTool}. Called from any thread.
 */
@ConsumerType
public interface Tool {

    String name();

    /** What it does and when to call it, for the model. */
    String description();

    /** JSON schema of its arguments. */
    String schema();

    /**
     * Calls it.
     *
     * @param arguments a JSON object that fits the schema
     * @return what the model is told
     */
    String call(String arguments);
}
