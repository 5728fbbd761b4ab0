package dev.transom.api.platform;

import java.util.List;
import java.util.Objects;

/**
 * One bundle as it stands now: what it is called, what it announces and, if it does not work, why.
 *
 * @param id the framework's number, unique as long as the process lives
 * @param name symbolic name, for example {@code dev.transom.architecture.gpt}
 * @param version for example {@code 1.0.0}
 * @param state what it does now
 * @param announces its capabilities in the namespaces {@code dev.transom.*}, in the manifest's order
 * @param problem why it does not work, in a sentence; empty if it does, or if it was stopped on purpose
 */
public record InstalledBundle(
    long id, String name, String version, State state, List<Announcement> announces, String problem) {

  /** What a bundle does now. */
  public enum State {
    /** Runs. Single components of it may still wait for services: then there is a problem. */
    ACTIVE,
    /** Could run, but was not started or was stopped. */
    STOPPED,
    /** Something that it requires is not installed. */
    UNRESOLVED,
    /** Adds to another bundle and never runs by itself. */
    FRAGMENT
  }

  /**
   * One capability in one of Transom's namespaces.
   *
   * @param namespace for example {@code dev.transom.architecture}
   * @param attribute for example {@code model_type}
   * @param values the announced names, for example {@code bert, roberta}
   */
  public record Announcement(String namespace, String attribute, List<String> values) {

    /** Copies the values. */
    public Announcement {
      values = List.copyOf(values);
    }
  }

  /** Copies the list; refuses null. */
  public InstalledBundle {
    announces = List.copyOf(announces);
    Objects.requireNonNull(problem, "problem");
  }

  /** Says whether the bundle announces {@code attribute=value} in {@code namespace}. */
  public boolean announces(String namespace, String attribute, String value) {
    return announces.stream()
        .anyMatch(a -> a.namespace().equals(namespace) && a.attribute().equals(attribute) && a.values().contains(value));
  }
}
