package dev.transom.api.application;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Runs a command by name: finds its {@link Application}, parses the options, calls it, prints its errors. The launcher,
 * the shell and tests are clients; the platform provides the one service. Safe for concurrent use.
 */
@ProviderType
public interface Commands {

  /** Lists the applications that could run now, by name. A new list, which does not follow later changes. */
  List<Application> list();

  /**
   * Runs one command line and returns its exit code. Blocks until the command is done; an interrupt is handed on.
   *
   * @param session where the command reads and writes
   * @param words the name of the command, then its options; none prints the list of commands
   * @return {@link Application#DONE}, {@link Application#NO} or {@link Application#WRONG_USE}. Never throws for what a
   *     command does: errors are one sentence on the session's error stream
   */
  int run(Session session, List<String> words);
}
