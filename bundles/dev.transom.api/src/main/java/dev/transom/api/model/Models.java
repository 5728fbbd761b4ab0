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
     * @param reference {@code bundle:NAME}, a folder or a file
     * @param directory where relative paths start
     * @throws dev.transom.api.TransomException naming what is wrong or which capability is missing
     */
    OpenModel open(String reference, Path directory);

    /** The models that bundles carry. */
    List<Model> bundled();
}
