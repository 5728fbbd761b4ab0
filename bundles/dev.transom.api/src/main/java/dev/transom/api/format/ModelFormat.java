package dev.transom.api.format;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Reads models stored in one way. Registered as a service; the bundle announces its name with
 * {@link dev.transom.api.capability.ProvidesFormat}. Called from any thread.
 */
@ConsumerType
public interface ModelFormat {

    String name();

    /** Whether the files look like this format, judged by names and magic numbers only. */
    boolean recognises(Resources resources);

    /**
     * Opens a model, taking over {@code resources}: they are closed with the result, or at once on failure.
     *
     * @throws dev.transom.api.TransomException naming the file, the rule and the cure
     */
    ModelFiles open(Resources resources);
}
