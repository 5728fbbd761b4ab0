/**
 * Contribute a device that runs graphs. Start with {@link dev.transom.api.backend.Backend}. Each type says which of its methods may be called concurrently.
 */
@Export
@Version("1.0.0")
package dev.transom.api.backend;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
