/**
 * Options that commands share, as picocli mixins, so that they are spelt, described and read alike everywhere. Start with
 * {@link dev.transom.app.options.EngineArguments}. A mixin belongs to one command line and is not shared between threads.
 */
@Export
@Version("1.0.0")
package dev.transom.app.options;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
