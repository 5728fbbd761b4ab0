package dev.transom.models.internal;

import dev.transom.api.TransomException;
import dev.transom.api.format.FolderResources;
import dev.transom.api.format.ModelFormat;
import dev.transom.api.format.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The directory whose models a user calls by a name: a folder or file in it, or in a folder of it that is no model itself. */
record ModelsDirectory(Path path, List<ModelFormat> formats) {

    /** Where a model called {@code name} lies, if it does. */
    Optional<Path> find(String name) {
        Path named = path.resolve(name).normalize();
        return Files.exists(named) && named.startsWith(path) && !named.equals(path) ? Optional.of(named) : Optional.empty();
    }

    /** Names of all models, sorted. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (Path entry : entries(path)) {
            if (isModel(entry)) {
                names.add(name(entry));
            } else if (Files.isDirectory(entry)) {
                entries(entry).stream().filter(this::isModel).map(this::name).forEach(names::add);
            }
        }
        return List.copyOf(names);
    }

    private String name(Path entry) {
        return path.relativize(entry).toString().replace('\\', '/');
    }

    private boolean isModel(Path entry) {
        if (!Files.isDirectory(entry) && entry.getFileName().toString().endsWith(".json")) {
            return false; // Part of a model, not one.
        }
        try (Resources resources = Files.isDirectory(entry) ? new FolderResources(entry) : FolderResources.around(entry)) {
            return formats.stream().anyMatch(format -> format.recognises(resources));
        } catch (TransomException unreadable) {
            return false;
        }
    }

    private static List<Path> entries(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !entry.getFileName().toString().startsWith(".")).sorted().toList();
        } catch (IOException unreadable) {
            throw new TransomException(folder + ": the folder must be readable; " + unreadable.getMessage() + ".", unreadable);
        }
    }
}
