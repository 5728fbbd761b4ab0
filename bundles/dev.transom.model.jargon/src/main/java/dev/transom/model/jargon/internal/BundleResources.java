package dev.transom.model.jargon.internal;

import dev.transom.api.TransomException;
import dev.transom.api.format.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;

/** Entries of a bundle below one folder. An entry of a jar cannot be mapped, so each is copied once to native memory. */
final class BundleResources implements Resources {

    /** Wide vectors read weights: no element may straddle a cache line needlessly. */
    private static final long ALIGNMENT = 64;

    private final String where;
    private final Map<String, URL> entries = new TreeMap<>();
    private final Map<String, MemorySegment> copies = new ConcurrentHashMap<>();
    private final Arena arena = Arena.ofShared();

    /** @param folder path in the bundle, with slashes around */
    BundleResources(String where, Bundle bundle, String folder) {
        this.where = where;
        Enumeration<URL> found = bundle.findEntries(folder, "*", true);
        while (found != null && found.hasMoreElements()) {
            URL entry = found.nextElement();
            String path = entry.getPath();
            String name = path.substring(path.indexOf(folder) + folder.length());
            if (!name.isEmpty() && !name.endsWith("/")) {
                entries.put(name, entry);
            }
        }
    }

    @Override
    public String where() {
        return where;
    }

    @Override
    public SequencedSet<String> names() {
        return Collections.unmodifiableSequencedSet(new LinkedHashSet<>(entries.keySet()));
    }

    @Override
    public Optional<MemorySegment> open(String name) {
        URL entry = entries.get(name);
        return entry == null ? Optional.empty() : Optional.of(copies.computeIfAbsent(name, _ -> copy(name, entry)));
    }

    private MemorySegment copy(String name, URL entry) {
        try (InputStream in = entry.openStream()) {
            byte[] content = in.readAllBytes();
            MemorySegment copy = arena.allocate(content.length, ALIGNMENT);
            MemorySegment.copy(content, 0, copy, ValueLayout.JAVA_BYTE, 0, content.length);
            return copy.asReadOnly();
        } catch (IOException unreadable) {
            throw new TransomException(where + "/" + name + ": the bundle's entry must be readable; " + unreadable.getMessage()
                + ". Install the bundle again.", unreadable);
        }
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
