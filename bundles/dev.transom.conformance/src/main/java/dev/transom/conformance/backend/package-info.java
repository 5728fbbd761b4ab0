/**
 * Here the author of a {@link dev.transom.api.backend.Backend} checks that it computes what the operations mean: against the
 * reference kernels in float64, with the same bits on every run and any number of threads.
 *
 * <p>Start with {@link dev.transom.conformance.backend.BackendKit}. Nothing here is null; everything is immutable.
 */
@Export
@Version("1.0.0")
package dev.transom.conformance.backend;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
