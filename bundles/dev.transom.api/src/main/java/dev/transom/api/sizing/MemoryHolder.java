package dev.transom.api.sizing;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Tells what it holds in memory, so that {@link Sizing} counts what is left. Whoever loads models registers one as a service. Called
 * from any thread.
 */
@ConsumerType
public interface MemoryHolder {

    /** What is held now; a new list. */
    List<Holding> holdings();

    /**
     * Something loaded.
     *
     * @param what      for people, for example {@code model bundle:jargon}
     * @param mapped    bytes of files that must stay in memory to be read fast, though the system may drop them
     * @param allocated bytes of memory of its own, counted from the moment it was promised
     */
    record Holding(String what, long mapped, long allocated) {
    }
}
