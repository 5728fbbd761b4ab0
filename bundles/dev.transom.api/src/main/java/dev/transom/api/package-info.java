/**
 * What all extension points share: {@link dev.transom.api.TransomException}, the way to tell a user what is wrong.
 */
@Export
@Version("1.0.0")
package dev.transom.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
