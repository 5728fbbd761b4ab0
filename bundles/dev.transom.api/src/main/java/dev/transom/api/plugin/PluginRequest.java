package dev.transom.api.plugin;

import java.net.URI;
import java.util.List;

/** What somebody wants of the plugins. */
public sealed interface PluginRequest {

  /** Says in words what is wanted, for the history. */
  String words();

  /**
   * The highest version that fits, with what it requires.
   *
   * @param name    a symbolic name, or its last parts: {@code architecture.gpt}, {@code gpt}
   * @param version a version or range as OSGi writes it, for example {@code [1.0,2)}; empty for any
   */
  record Install(String name, String version) implements PluginRequest {
    @Override
    public String words() {
      return "install " + name + (version.isEmpty() ? "" : " " + version);
    }
  }

  /** A jar that lies somewhere, with what it requires. */
  record InstallJar(URI location) implements PluginRequest {
    @Override
    public String words() {
      return "install " + location;
    }
  }

  /**
   * Something that announces a capability.
   *
   * @param namespace for example {@code dev.transom.architecture}
   * @param attribute for example {@code model_type}
   * @param value     for example {@code bert}
   */
  record Need(String namespace, String attribute, String value) implements PluginRequest {
    @Override
    public String words() {
      return "install what brings " + attribute + "=" + value + " (" + namespace + ")";
    }
  }

  /** Higher versions of some plugins; of all if none is named. */
  record Update(List<String> names) implements PluginRequest {
    public Update {
      names = List.copyOf(names);
    }

    @Override
    public String words() {
      return "update " + (names.isEmpty() ? "all" : String.join(", ", names));
    }
  }

  /** Some plugins shall go. */
  record Remove(List<String> names) implements PluginRequest {
    public Remove {
      names = List.copyOf(names);
    }

    @Override
    public String words() {
      return "remove " + String.join(", ", names);
    }
  }

  /** What was installed in an earlier state. */
  record Revert(long number) implements PluginRequest {
    @Override
    public String words() {
      return "revert to " + number;
    }
  }
}
