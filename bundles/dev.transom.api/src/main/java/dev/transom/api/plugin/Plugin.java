package dev.transom.api.plugin;

import dev.transom.api.platform.InstalledBundle.Announcement;
import java.util.List;
import java.util.Objects;

/**
 * One version of a plugin, installed or offered.
 *
 * @param name        symbolic name of its bundle, for example {@code dev.transom.architecture.gpt}
 * @param version     for example {@code 1.0.0}
 * @param description one sentence, empty if it brings none
 * @param announces   its capabilities in the namespaces {@code dev.transom.*}
 * @param sha256      64 hexadecimal digits of its jar
 * @param bytes       of its jar
 * @param source      where its jar comes from: a location, or {@code distribution}
 */
public record Plugin(String name, String version, String description, List<Announcement> announces, String sha256, long bytes,
    String source) {

  /** Copies the list; refuses null. */
  public Plugin {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(sha256, "sha256");
    Objects.requireNonNull(source, "source");
    announces = List.copyOf(announces);
  }

  /** Says whether both are the same version of the same plugin. */
  public boolean same(Plugin other) {
    return name.equals(other.name) && version.equals(other.version);
  }

  /** Name and version in words. */
  public String words() {
    return name + " " + version;
  }
}
