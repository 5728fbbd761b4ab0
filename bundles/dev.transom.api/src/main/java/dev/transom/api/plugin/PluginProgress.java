package dev.transom.api.plugin;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears what is being done while a plan is applied. */
@ConsumerType
@FunctionalInterface
public interface PluginProgress {

  /** Hears nothing. */
  PluginProgress SILENT = sentence -> { };

  /** Hears one sentence. */
  void tell(String sentence);
}
