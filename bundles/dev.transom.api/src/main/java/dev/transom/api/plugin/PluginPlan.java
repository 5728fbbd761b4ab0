package dev.transom.api.plugin;

import java.util.List;
import java.util.Objects;

/**
 * What would be done, for a person to read and for {@link Plugins#apply} to do. Immutable; nothing has happened yet.
 *
 * @param request       what was asked for
 * @param base          number of the state that the plan starts from
 * @param changes       in the order in which they are made; none if all is as wanted
 * @param downloadBytes that have to be fetched; what lies in the cache costs nothing
 * @param requires      what the plugins ask for beyond packages and services of plugins: native code, Java modules
 * @param warnings      sentences that somebody should have read before: who has not signed, for example
 */
public record PluginPlan(PluginRequest request, long base, List<Change> changes, long downloadBytes, List<String> requires,
    List<String> warnings) {

  /** Copies the lists; refuses null. */
  public PluginPlan {
    Objects.requireNonNull(request, "request");
    changes = List.copyOf(changes);
    requires = List.copyOf(requires);
    warnings = List.copyOf(warnings);
  }

  /** One step. */
  public sealed interface Change {

    /** Why, in words without a full stop. */
    String why();
  }

  /**
   * A plugin comes.
   *
   * @param signer name on the certificate of its jar, {@code nobody} if it is unsigned, {@code unknown} until it is fetched
   */
  public record Add(Plugin plugin, String signer, String why) implements Change {}

  /** A plugin is exchanged for another version of it. */
  public record Replace(Plugin before, Plugin after, String signer, String why) implements Change {}

  /** A plugin goes. */
  public record Remove(Plugin plugin, String why) implements Change {}

  /** Says whether there is nothing to do. */
  public boolean isEmpty() {
    return changes.isEmpty();
  }
}
