/**
 * Contribute a task: what goes in, which head, what comes out. Start with {@link dev.transom.api.task.Task}.
 */
@Export
@Version("1.0.0")
package dev.transom.api.task;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
