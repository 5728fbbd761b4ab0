package dev.transom.api.task;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A task: turns what a user has into model inputs, names the head, and turns outputs into what a user wants. Registered as a
 * service under its own interface as well (for example {@link Embedding}); the bundle announces its name with
 * {@link dev.transom.api.capability.ProvidesTask}.
 */
@ConsumerType
public interface Task {

    String name();

    /** Whether a model with these facts can do it. */
    boolean fits(dev.transom.api.architecture.ModelFacts facts);
}
