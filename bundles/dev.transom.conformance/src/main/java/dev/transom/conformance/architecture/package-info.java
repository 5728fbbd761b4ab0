/**
 * Here the author of an {@link dev.transom.api.architecture.Architecture} checks that it keeps its contract, and that it computes
 * what the library computes that defines its models.
 *
 * <p>Start with {@link dev.transom.conformance.architecture.ArchitectureKit}, which needs a small configuration and no weights;
 * go on with {@link dev.transom.conformance.architecture.GoldenKit}, which judges folders of reference results. Nothing here is
 * null; a file that is opened is closed by whoever opened it.
 */
@Export
@Version("1.0.0")
package dev.transom.conformance.architecture;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
