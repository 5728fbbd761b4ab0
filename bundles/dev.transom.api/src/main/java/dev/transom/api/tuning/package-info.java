/**
 * Contribute a tuning method. Start with {@link dev.transom.api.tuning.TuningMethod}: it rewrites a graph and says what trains.
 */
@Export
@Version("1.0.0")
package dev.transom.api.tuning;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
