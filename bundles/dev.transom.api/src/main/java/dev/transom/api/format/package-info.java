/**
 * Contribute a model format. Start with {@link dev.transom.api.format.ModelFormat}; files are hostile until proven otherwise. Called from any thread.
 */
@Export
@Version("1.0.0")
package dev.transom.api.format;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
