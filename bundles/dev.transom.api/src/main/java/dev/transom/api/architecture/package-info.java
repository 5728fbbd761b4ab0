/**
 * Contribute a family of models. Start with {@link dev.transom.api.architecture.Architecture}: it reads a configuration and builds graphs; it never computes. Called from any thread.
 */
@Export
@Version("1.0.0")
package dev.transom.api.architecture;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
