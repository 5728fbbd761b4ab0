/**
 * Here the author of an {@link dev.transom.graph.Operation} checks that it keeps its contract: types, gradient, cost,
 * decomposition, determinism.
 *
 * <p>Start with {@link dev.transom.conformance.operation.OperationKit}; {@code CoreOperationCases} shows how cases are written,
 * and kernels and backends may run the same cases against the reference. Nothing here is null; everything is immutable.
 */
@Export
@Version("1.0.0")
package dev.transom.conformance.operation;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
