package dev.transom.api.application;

import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What one run of a command sees of the outside: its streams, its terminal and its directory.
 *
 * <p>Whoever runs the command owns the streams: a command flushes, but does not close them. No member is null.
 *
 * @param out results, nothing else; flushed after the run
 * @param err errors and progress
 * @param in what the user typed or piped
 * @param interactive a person watches {@code err} on a terminal: show progress, ask back. False in pipes and tests
 * @param ansi {@code out} understands colours
 * @param columns width of the terminal in characters, 80 when unknown
 * @param workingDirectory absolute; relative paths of the user start here
 */
public record Session(
    PrintWriter out,
    PrintWriter err,
    InputStream in,
    boolean interactive,
    boolean ansi,
    int columns,
    Path workingDirectory) {

  /** Refuses a missing member and a relative working directory. */
  public Session {
    Objects.requireNonNull(out, "out");
    Objects.requireNonNull(err, "err");
    Objects.requireNonNull(in, "in");
    if (!workingDirectory.isAbsolute()) {
      throw new IllegalArgumentException("session: workingDirectory must be absolute; got " + workingDirectory);
    }
  }

  /** Returns {@code path} as the user meant it: relative ones start at the working directory. */
  public Path resolve(Path path) {
    return workingDirectory.resolve(path).normalize();
  }
}
