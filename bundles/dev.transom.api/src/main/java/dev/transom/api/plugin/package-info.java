/**
 * Install, update and remove plugins while the platform runs.
 *
 * <p>Start with {@link dev.transom.api.plugin.Plugins}: ask it for a {@link dev.transom.api.plugin.PluginPlan}, read the plan,
 * apply it. No bundle of this version implements it yet; callers may be on any thread. Nothing here is ever null.
 */
@Export
@Version("1.0.0")
package dev.transom.api.plugin;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
