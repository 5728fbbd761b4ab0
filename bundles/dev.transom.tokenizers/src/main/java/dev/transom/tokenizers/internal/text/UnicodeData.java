package dev.transom.tokenizers.internal.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What the {@code tokenizers} library knows of Unicode where that differs from Java: its parts carry data of Unicode
 * 8, 9, 11 and 17, and a vocabulary was trained with them, so a newer answer would be a wrong one. Constant data.
 */
final class UnicodeData {

    static final UnicodeData INSTANCE = load();

    private final Map<String, CodePointSet> sections;
    /** Canonical combining classes of Unicode 9; absent means 0. */
    private final Map<Integer, Integer> combiningClasses = new HashMap<>();

    private UnicodeData(Map<String, CodePointSet> sections) {
        this.sections = sections;
        sections.forEach((name, set) -> {
            if (name.startsWith("combining class ")) {
                int combiningClass = Integer.parseInt(name.substring("combining class ".length()));
                set.forEach(c -> combiningClasses.put(c, combiningClass));
            }
        });
    }

    /** A section of the data file. */
    CodePointSet section(String name) {
        return sections.get(name);
    }

    /** The canonical combining class in Unicode 9. */
    int combiningClass(int codePoint) {
        return codePoint < 0x300 ? 0 : combiningClasses.getOrDefault(codePoint, 0);
    }

    private static UnicodeData load() {
        Map<String, StringBuilder> texts = new HashMap<>();
        try (InputStream in = UnicodeData.class.getResourceAsStream("unicode.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            StringBuilder current = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("[")) {
                    current = new StringBuilder();
                    texts.put(line.substring(1, line.length() - 1), current);
                } else if (!line.startsWith("#")) {
                    current.append(line).append(' ');
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the bundle's unicode.txt cannot be read", e);
        }
        Map<String, CodePointSet> sections = new HashMap<>();
        texts.forEach((name, text) -> sections.put(name, CodePointSet.parse(text.toString())));
        return new UnicodeData(sections);
    }
}
