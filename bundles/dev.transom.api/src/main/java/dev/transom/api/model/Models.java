package dev.transom.api.model;

import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Opens models by what a user calls them. Safe for concurrent use. */
@ProviderType
public interface Models {

    /**
     * Opens a model: finds its format, reads its configuration, lets the architecture of its {@code model_type} define it.
     *
     * @param reference {@code bundle:NAME}, a folder, a file, or a name under {@link #directory}
     * @param directory where relative paths start
     * @throws dev.transom.api.TransomException naming what is wrong or which capability is missing
     */
    OpenModel open(String reference, Path directory);

    /** The models that bundles carry. */
    List<Model> bundled();

    /** Where models lie that a user calls by a name: {@code TRANSOM_MODELS}, else {@code .transom/models} in the user's home. */
    Path directory();

    /** What {@link #open} opens by name: models that bundles carry, then those under {@link #directory}, sorted. */
    List<String> references();
}
