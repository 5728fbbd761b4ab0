/**
 * Ask what a model costs and where it fits. Start with {@link dev.transom.api.sizing.Sizing}.
 */
@Export
@Version("1.0.0")
package dev.transom.api.sizing;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
