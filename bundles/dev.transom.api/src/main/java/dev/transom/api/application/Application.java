package dev.transom.api.application;

import java.util.concurrent.Callable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Contributes one command to the launcher and to the shell. Registered as a service by a bundle that announces the
 * command's name with {@link dev.transom.api.capability.ProvidesApplication}.
 *
 * <p>A command is an object annotated for picocli: its fields are its options, its {@code call} does the work and
 * returns the exit code. Called on any thread, several times at once, each time for a new object, so a command keeps
 * its state in its own fields and an application keeps none. A command never exits the JVM and never touches
 * {@code System.out}, {@code System.err} or {@code System.in}.
 *
 * <p>The runner adds {@code --help} and {@code --debug}; a command offers {@code --json} where a machine could want its
 * answer, and ends its help text with one runnable example (picocli's {@code footer}).
 *
 * <pre>{@code
 * @Component
 * @ProvidesApplication(name = "embed")
 * public final class EmbedApplication implements Application {
 *   @Reference private Embeddings embeddings;
 *   public String name() { return "embed"; }
 *   public String description() { return "Prints the embedding of each line."; }
 *   public Callable<Integer> command(Session session) { return new EmbedCommand(session, embeddings); }
 * }
 * }</pre>
 */
@ConsumerType
public interface Application {

  /** Exit code: the work was done, or the answer is yes. */
  int DONE = 0;

  /** Exit code: the work was done and the answer is no, for example a case that does not conform. */
  int NO = 1;

  /** Exit code: wrong use, an unreadable file, or a {@link dev.transom.api.TransomException}. */
  int WRONG_USE = 2;

  /** Names the command as the user types it: lower case, never null. */
  String name();

  /** Says in one sentence under 70 characters what the command does; shown in the list of commands. */
  String description();

  /**
   * Creates the command object for one run: annotated with picocli's {@code @Command}, not yet parsed.
   *
   * @param session streams, terminal and working directory of this run, open until {@code call} has returned
   * @return a new object; its {@code call} returns {@link #DONE}, {@link #NO} or {@link #WRONG_USE}, and throws
   *     {@link dev.transom.api.TransomException} for anything that the user can cure. An interrupt of the calling
   *     thread asks it to stop soon.
   */
  Callable<Integer> command(Session session);
}
