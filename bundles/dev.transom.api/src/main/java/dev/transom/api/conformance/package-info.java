/**
 * Contribute a kit that judges cases of one kind. Start with {@link dev.transom.api.conformance.CaseKit}.
 */
@Export
@Version("1.0.0")
package dev.transom.api.conformance;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
