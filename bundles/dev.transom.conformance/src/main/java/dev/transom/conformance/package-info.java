/**
 * What every kit gives: a {@link dev.transom.conformance.Check}, that is a name and, when it is run, a sentence for each thing that is
 * wrong. Kits are in the packages below, one for each extension point. Nothing here is null; everything is immutable.
 */
@Export
@Version("1.0.0")
package dev.transom.conformance;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
