/**
 * Configurations of models as plain values, read by typed getters that refuse what does not fit. Start with {@link dev.transom.api.config.Config}. Immutable, safe for concurrent use.
 */
@Export
@Version("1.0.0")
package dev.transom.api.config;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
