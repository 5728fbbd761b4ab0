package dev.transom.api.engine;

import dev.transom.api.model.OpenModel;
import dev.transom.api.sizing.Sizing;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Loads models for requests. Safe for concurrent use. */
@ProviderType
public interface Engines {

    /**
     * An engine for the model called {@code reference}. Engines are shared: while one with the same model, options and
     * architecture version is open, it is handed out again; the last {@link Engine#close} frees it. When a newer version of
     * the architecture has come, a new engine is loaded with it, and the old one goes with its last user.
     *
     * @param directory where relative paths start
     * @throws dev.transom.api.TransomException when it cannot be opened, or does not fit: the shortfall in bytes
     */
    Engine open(String reference, Path directory, EngineOptions options);

    /** An engine over a model that is already open, not shared; closing it does not close the model. */
    Engine open(OpenModel model, EngineOptions options);

    /**
     * What an engine would take, without loading it.
     *
     * @return empty where no sizing is installed
     * @throws dev.transom.api.TransomException for a model or options that no engine is loaded for
     */
    Optional<Sizing.Estimate> estimate(OpenModel model, EngineOptions options);
}
