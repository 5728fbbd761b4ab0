package dev.transom.api.plugin;

import java.time.Instant;
import java.util.List;

/**
 * What was installed from one moment on. States are kept for ever; the first is the distribution as it was delivered.
 *
 * @param number  grows by one with each change
 * @param when    it began
 * @param why     the request that led to it, in words
 * @param plugins all bundles, sorted by name and version
 * @param current whether it is the present one
 */
public record PluginState(long number, Instant when, String why, List<Plugin> plugins, boolean current) {

  /** Copies the list. */
  public PluginState {
    plugins = List.copyOf(plugins);
  }
}
