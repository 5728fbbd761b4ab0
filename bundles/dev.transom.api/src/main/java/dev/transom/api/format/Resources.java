package dev.transom.api.format;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.SequencedSet;
import org.osgi.annotation.versioning.ConsumerType;

/** The files of a model, wherever they lie: a folder, a single file, the entries of a bundle. Safe for concurrent use. */
@ConsumerType
public interface Resources extends AutoCloseable {

    /** What a user calls this place, for error sentences. */
    String where();

    /** Names of files, relative, separated by slashes. */
    SequencedSet<String> names();

    /** The file that the user named, where a file and not a folder was named: one of {@link #names}. */
    default Optional<String> chosen() {
        return Optional.empty();
    }

    /** The content of a file, mapped where possible, valid until this is closed; empty when there is no such file. */
    Optional<MemorySegment> open(String name);

    @Override
    void close();
}
