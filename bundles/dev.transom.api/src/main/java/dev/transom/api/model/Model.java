package dev.transom.api.model;

import dev.transom.api.format.Resources;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A model carried by a bundle. Registered as a service; the bundle announces its name with
 * {@link dev.transom.api.capability.ProvidesModel}. A user refers to it as {@code bundle:NAME}.
 */
@ConsumerType
public interface Model {

    String name();

    /** One line for people: what it is, its licence. */
    String description();

    /** The model's files, as a folder of the format would hold them; the caller closes them. */
    Resources resources();
}
