package dev.transom.api.plugin;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What is installed, what repositories offer, and how one becomes the other while everything runs. One service is
 * meant, safe for concurrent use, one change at a time. No bundle of this version provides it yet: the interface is decided
 * first, like those of the other extension points.
 *
 * <pre>{@code
 * PluginPlan plan = plugins.plan(new PluginRequest.Need("dev.transom.architecture", "model_type", "bert"));
 * if (person.agrees(plan)) plugins.apply(plan, PluginProgress.SILENT);
 * }</pre>
 *
 * Every method throws {@link dev.transom.api.TransomException} with one sentence where a wish cannot be fulfilled.
 */
@ProviderType
public interface Plugins {

  /** The present state. */
  PluginState current();

  /** All states, the oldest first. */
  List<PluginState> history();

  /**
   * Plugins that repositories offer, the highest version of each first.
   *
   * @param words each must occur in name, description or announced capabilities; empty for all
   */
  List<Plugin> search(String words);

  /** Repositories in the order in which they are asked. */
  List<PluginRepository> repositories();

  /** Adds a repository, or replaces the one of this name. Its index is read at once, so that a wrong one is refused. */
  void add(PluginRepository repository);

  /** Forgets a repository; what came from it stays. */
  void removeRepository(String name);

  /**
   * Finds out what a request takes. Reads indices, changes nothing.
   *
   * @param offline whether only what lies in the cache may be used
   */
  PluginPlan plan(PluginRequest request, boolean offline);

  /**
   * Does what a plan says, as a whole or not at all: fetches, verifies, installs side by side, starts, checks, and lets what is
   * replaced finish its work before it goes. Whatever fails, the state before remains.
   *
   * @return the new state
   */
  PluginState apply(PluginPlan plan, PluginProgress progress);
}
