package dev.transom.api.format;

import dev.transom.api.TransomException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The files below a folder, two levels deep, each mapped when it is first asked for. */
public final class FolderResources implements Resources {

    private static final int DEPTH = 2;

    private final Path folder;
    private final Optional<String> chosen;
    private final SequencedSet<String> names;
    private final Map<String, MemorySegment> mapped = new ConcurrentHashMap<>();
    private final Arena arena = Arena.ofShared();

    /**
     * Lists a folder.
     *
     * @throws TransomException when it is no folder or cannot be listed
     */
    public FolderResources(Path folder) {
        this(folder, Optional.empty());
    }

    private FolderResources(Path folder, Optional<String> chosen) {
        this.folder = folder;
        this.chosen = chosen;
        if (!Files.isDirectory(folder)) {
            throw new TransomException(folder + ": a folder with a model is required; "
                + (Files.exists(folder) ? "it is a file." : "there is nothing at this path.") + " Give the path of the model's folder.");
        }
        SequencedSet<String> found = new LinkedHashSet<>();
        try (Stream<Path> files = Files.walk(folder, chosen.isPresent() ? 1 : DEPTH)) {
            files.filter(Files::isRegularFile).sorted()
                .forEach(file -> found.add(folder.relativize(file).toString().replace('\\', '/')));
        } catch (IOException | java.io.UncheckedIOException unreadable) {
            throw new TransomException(folder + ": the folder must be readable; " + unreadable.getMessage() + ".", unreadable);
        }
        this.names = Collections.unmodifiableSequencedSet(found);
    }

    /**
     * The folder around a file that the user named, so that a format finds what lies beside it.
     *
     * @throws TransomException when the folder cannot be listed
     */
    public static FolderResources around(Path file) {
        return new FolderResources(file.toAbsolutePath().getParent(), Optional.of(file.getFileName().toString()));
    }

    @Override
    public Optional<String> chosen() {
        return chosen;
    }

    @Override
    public String where() {
        return folder.toString();
    }

    @Override
    public SequencedSet<String> names() {
        return names;
    }

    @Override
    public Optional<MemorySegment> open(String name) {
        return names.contains(name) ? Optional.of(mapped.computeIfAbsent(name, this::map)) : Optional.empty();
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }

    private MemorySegment map(String name) {
        try (FileChannel channel = FileChannel.open(folder.resolve(name), StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        } catch (IOException unreadable) {
            throw new TransomException(folder.resolve(name) + ": the file must be readable; " + unreadable.getMessage() + ".",
                unreadable);
        }
    }
}
