/**
 * Contribute one step from logits to logits. Start with {@link dev.transom.api.sampler.Sampler}.
 */
@Export
@Version("1.0.0")
package dev.transom.api.sampler;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
