/**
 * Submit requests to a loaded model. Start with {@link dev.transom.api.engine.Engines}; one scheduler owns a model and batches continuously. Safe for concurrent use.
 */
@Export
@Version("1.0.0")
package dev.transom.api.engine;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
