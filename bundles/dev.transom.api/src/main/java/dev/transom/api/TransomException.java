package dev.transom.api;

/**
 * A mistake of the user or of a file that he gave, told in one sentence: {@code where: rule; what came. Cure.}
 *
 * <p>The launcher prints the sentence on the error stream without a stack trace and exits with 2. Throw it where
 * the cause is known and the cure can be named; a mistake of the program is an ordinary exception.
 *
 * <pre>{@code
 * throw new TransomException(path + ": the header must end within the file; it says " + header
 *     + " bytes, the file has " + size + ". Download the file again.");
 * }</pre>
 */
public class TransomException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** @param sentence the whole sentence as the user reads it, never null */
  public TransomException(String sentence) {
    super(sentence);
  }

  /** @param sentence the whole sentence as the user reads it; {@code cause} is shown only with {@code --debug} */
  public TransomException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
