package dev.transom.platform.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Arrows run downwards only, and siblings never know each other: read from the class files of the distribution. */
class LayersTest {

    /** From the bottom; a prefix names a layer. The longest prefix counts. */
    private static final List<List<String>> LAYERS = List.of(
            List.of("dev.transom.graph"),
            List.of("dev.transom.api"),
            List.of("dev.transom.blocks"),
            List.of("dev.transom.conformance", "dev.transom.kernels", "dev.transom.backend"),
            List.of("dev.transom.nn"),
            List.of("dev.transom.format", "dev.transom.tokenizers", "dev.transom.chat", "dev.transom.sizing", "dev.transom.models"),
            List.of("dev.transom.engine", "dev.transom.samplers"),
            List.of("dev.transom.architecture", "dev.transom.model"),
            List.of("dev.transom.task"),
            List.of("dev.transom.commands"),
            List.of("dev.transom.shell"),
            List.of("dev.transom.app.options"),
            List.of("dev.transom.app"));

    /** What others may import; everything else is an implementation and exports nothing. */
    private static final Set<String> EXPORTING =
            Set.of("dev.transom.graph", "dev.transom.api", "dev.transom.blocks", "dev.transom.nn", "dev.transom.conformance",
                    "dev.transom.app.options");

    private static final Pattern CLASS_NAME = Pattern.compile("dev/transom/[\\w/$]+");

    /** Bundle to the bundles whose classes it names. */
    private static final Map<String, Set<String>> ARROWS = new LinkedHashMap<>();

    private static final Map<String, Path> JARS = new LinkedHashMap<>();

    @BeforeAll
    static void readAllClassFiles() throws IOException {
        Map<String, String> packages = new HashMap<>();
        for (Path jar : Distribution.jars()) {
            String name = Distribution.symbolicName(jar);
            if (name.startsWith("dev.transom.")) {
                JARS.put(name, jar);
                for (String packageName : packages(jar)) {
                    assertEquals(null, packages.put(packageName, name), packageName + " must lie in one bundle only");
                }
            }
        }
        for (var bundle : JARS.entrySet()) {
            Set<String> known = new TreeSet<>();
            for (String packageName : named(bundle.getValue())) {
                String owner = packages.get(packageName);
                if (owner != null && !owner.equals(bundle.getKey())) {
                    known.add(owner);
                }
            }
            ARROWS.put(bundle.getKey(), known);
        }
    }

    @Test
    void arrowsRunDownwards() {
        List<String> wrong = new ArrayList<>();
        ARROWS.forEach((bundle, known) -> known.stream()
                .filter(other -> layer(other) >= layer(bundle))
                .forEach(other -> wrong.add(bundle + " must not know " + other)));
        assertEquals(List.of(), wrong);
    }

    @Test
    void theReaderSeesArrows() {
        assertTrue(ARROWS.get("dev.transom.api").contains("dev.transom.graph"), ARROWS.toString());
        assertTrue(ARROWS.get("dev.transom.shell").contains("dev.transom.api"), ARROWS.toString());
    }

    @Test
    void anImplementationExportsNothing() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (var bundle : JARS.entrySet()) {
            try (JarFile file = new JarFile(bundle.getValue().toFile())) {
                String exports = file.getManifest().getMainAttributes().getValue("Export-Package");
                if (exports != null && !EXPORTING.contains(bundle.getKey())) {
                    wrong.add(bundle.getKey() + " must export nothing; it exports " + exports);
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    private static int layer(String bundle) {
        int found = -1;
        int length = 0;
        for (int layer = 0; layer < LAYERS.size(); layer++) {
            for (String prefix : LAYERS.get(layer)) {
                boolean fits = bundle.equals(prefix) || bundle.startsWith(prefix + ".");
                if (fits && prefix.length() > length) {
                    found = layer;
                    length = prefix.length();
                }
            }
        }
        assertTrue(found >= 0, bundle + " must have a layer in this test");
        return found;
    }

    private static Set<String> packages(Path jar) throws IOException {
        Set<String> names = new TreeSet<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            file.stream().map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class") && name.startsWith("dev/transom/"))
                    .forEach(name -> names.add(packageOf(name)));
        }
        return names;
    }

    /** Packages of all classes that a jar's class files name: in code, signatures and annotations. */
    private static Set<String> named(Path jar) throws IOException {
        Set<String> names = new TreeSet<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : file.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
                ClassModel model = ClassFile.of().parse(file.getInputStream(entry).readAllBytes());
                for (PoolEntry constant : model.constantPool()) {
                    switch (constant) {
                        case ClassEntry named -> add(names, named.asInternalName());
                        case Utf8Entry text when text.stringValue().contains("Ldev/transom/") -> add(names, text.stringValue());
                        default -> { }
                    }
                }
            }
        }
        return names;
    }

    private static void add(Set<String> names, String text) {
        Matcher name = CLASS_NAME.matcher(text);
        while (name.find()) {
            names.add(packageOf(name.group()));
        }
    }

    private static String packageOf(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/'))).replace('/', '.');
    }
}
