/**
 * Ask the platform what is installed and why something is missing.
 *
 * <p>Start with {@link dev.transom.api.platform.Platform}: the platform implements it, any bundle calls it from any
 * thread. Nothing here is ever null.
 */
@Export
@Version("1.0.0")
package dev.transom.api.platform;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
