/**
 * The language in which every model is written: typed graphs of tensor operations, as data.
 *
 * <p>Start with {@link dev.transom.graph.GraphBuilder}. Architectures and tuning methods build and rewrite graphs, backends
 * run them, sizing walks them; a plugin may add an {@link dev.transom.graph.Operation}. No parameter or result is null unless
 * it says so. Everything here is immutable except {@code GraphBuilder}, which belongs to one thread.
 */
@Export
@Version("1.0.0")
package dev.transom.graph;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
