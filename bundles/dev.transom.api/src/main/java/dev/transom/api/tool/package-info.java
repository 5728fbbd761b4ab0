/**
 * Contribute something an agent may call. Start with {@link dev.transom.api.tool.Tool}.
 */
@Export
@Version("1.0.0")
package dev.transom.api.tool;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
