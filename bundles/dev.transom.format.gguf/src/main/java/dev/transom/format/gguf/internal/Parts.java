package dev.transom.format.gguf.internal;

import dev.transom.api.TransomException;
import dev.transom.api.format.Resources;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.api.tensor.TensorSource;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A model in one file, or in several: {@code NAME-00001-of-00003.gguf} and so on, the first of which has the metadata. */
final class Parts implements TensorSource {

    private static final String SUFFIX = ".gguf";
    private static final Pattern SPLIT = Pattern.compile("(.*)-(\\d{5})-of-(\\d{5})\\.gguf");

    private final Gguf first;
    private final Map<String, StoredTensor> tensors;

    private Parts(Gguf first, Map<String, StoredTensor> tensors) {
        this.first = first;
        this.tensors = Collections.unmodifiableMap(tensors);
    }

    /** The file with the model's metadata: the chosen one, or the only one beside no weights of another format; empty if none. */
    static List<String> candidates(Resources resources) {
        Optional<String> chosen = resources.chosen();
        if (chosen.isPresent()) {
            return chosen.filter(Parts::named).map(Parts::firstOf).stream().toList();
        }
        if (resources.names().stream().anyMatch(name -> name.endsWith(".safetensors"))) {
            return List.of();
        }
        return resources.names().stream().filter(name -> named(name) && !name.contains("/")).map(Parts::firstOf).distinct().toList();
    }

    private static boolean named(String name) {
        return name.toLowerCase(java.util.Locale.ROOT).endsWith(SUFFIX);
    }

    private static String firstOf(String name) {
        Matcher split = SPLIT.matcher(name);
        return split.matches() ? split.group(1) + "-00001-of-" + split.group(3) + SUFFIX : name;
    }

    /** Reads the headers of all parts. */
    static Parts read(Resources resources, String name) {
        List<Gguf> parts = new ArrayList<>();
        parts.add(part(resources, name));
        Gguf first = parts.getFirst();
        int count = count(first);
        Matcher split = SPLIT.matcher(name);
        if (count > 1 && (!split.matches() || Integer.parseInt(split.group(3)) != count)) {
            throw new TransomException(first.where() + ": the model lies in " + count
                + " files, which must be named NAME-00001-of-" + String.format("%05d", count)
                + ".gguf and so on; this is another name. Give the files the names they were published under.");
        }
        for (int i = 2; i <= count; i++) {
            parts.add(part(resources, split.group(1) + String.format("-%05d-of-%05d", i, count) + SUFFIX));
        }
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        for (Gguf part : parts) {
            for (String tensor : part.names()) {
                if (tensors.putIfAbsent(tensor, part.find(tensor).orElseThrow()) != null) {
                    throw Cursor.refused(part.where(), "names of tensors must differ between files",
                        Cursor.shown(tensor) + " comes twice");
                }
            }
        }
        return new Parts(first, tensors);
    }

    private static int count(Gguf first) {
        Object count = first.metadata().getOrDefault("split.count", 1L);
        if (!(count instanceof Long files) || files < 0 || files > 99_999) {
            throw Cursor.refused(first.where(), "split.count must be a number of files", "it is " + Cursor.shown(String.valueOf(count)));
        }
        return Math.max(1, files.intValue());
    }

    private static Gguf part(Resources resources, String name) {
        MemorySegment file = resources.open(name).orElseThrow(() -> new TransomException(resources.where() + ": the file " + name
            + " is part of the model and is required; there is no such file. Download it too."));
        return Gguf.read(resources.where() + "/" + name, file);
    }

    Gguf first() {
        return first;
    }

    @Override
    public SequencedSet<String> names() {
        return new LinkedHashSet<>(tensors.keySet());
    }

    @Override
    public Optional<StoredTensor> find(String name) {
        return Optional.ofNullable(tensors.get(name));
    }

    /** The mappings belong to the model's resources. */
    @Override
    public void close() {
    }
}
