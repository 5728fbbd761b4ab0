/**
 * Here the author of a {@link dev.transom.api.sampler.Sampler} checks that its steps keep their contract.
 *
 * <p>Start with {@link dev.transom.conformance.sampler.SamplerKit}. Nothing here is null; everything is immutable.
 */
@Export
@Version("1.0.0")
package dev.transom.conformance.sampler;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
