/**
 * Contribute kernels for the CPU executor. Start with {@link dev.transom.api.kernel.KernelProvider}.
 */
@Export
@Version("1.0.0")
package dev.transom.api.kernel;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
