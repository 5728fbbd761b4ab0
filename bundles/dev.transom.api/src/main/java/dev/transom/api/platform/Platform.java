package dev.transom.api.platform;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Tells what is installed and why something is not there. Use it to end an error sentence with its cure. The platform
 * provides the one service; safe for concurrent use, and every answer is of this moment.
 *
 * <pre>{@code
 * throw new TransomException(folder + ": an architecture for model_type 'bert' must be installed. "
 *     + platform.whyMissing("dev.transom.architecture", "model_type", "bert"));
 * }</pre>
 */
@ProviderType
public interface Platform {

  /** Lists all bundles by number, without the framework itself. */
  List<InstalledBundle> bundles();

  /**
   * Says in one or two sentences why a capability is not available now and what cures it.
   *
   * @param namespace for example {@code dev.transom.architecture}
   * @param attribute for example {@code model_type}
   * @param value for example {@code bert}
   * @return for example {@code "Bundle dev.transom.architecture.encoder 1.0.0 brings it, but is stopped. Start it in
   *     the shell: start dev.transom.architecture.encoder."}; never empty
   */
  String whyMissing(String namespace, String attribute, String value);
}
