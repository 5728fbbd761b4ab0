package dev.transom.api.application;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Shows how far a long piece of work is, on the error stream and only when the session is interactive; elsewhere every
 * method does nothing, so a command calls it without asking. One thread at a time per bar.
 *
 * <pre>{@code
 * try (Progress bar = bars.start(session, "Loading", " MB", total)) {
 *   for (...) bar.to(done);
 * }
 * }</pre>
 */
@ProviderType
public interface Progress extends AutoCloseable {

  /** Starts bars; a service of the platform, safe for concurrent use. */
  @ProviderType
  interface Bars {

    /**
     * Starts a bar for one session.
     *
     * @param label what is being done, for example {@code "Loading"}
     * @param unit printed after the figures, for example {@code " tokens"}
     * @param total where the bar ends, in that unit; below 0 when unknown
     */
    Progress start(Session session, String label, String unit, long total);
  }

  /** Moves the bar to {@code done} of its total. */
  void to(long done);

  /** Removes the bar; the cursor stands at the start of a line again. */
  @Override
  void close();
}
