/**
 * Announce what a bundle brings, so that the platform can find the bundle before it is installed.
 *
 * <p>One annotation per extension point; bnd turns it into a {@code Provide-Capability} of the manifest. An announced
 * name is a promise: the bundle registers a service for it once its own requirements are met. Types are never null.
 */
@Export
@Version("1.0.0")
package dev.transom.api.capability;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
