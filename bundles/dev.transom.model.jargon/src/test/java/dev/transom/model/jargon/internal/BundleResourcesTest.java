package dev.transom.model.jargon.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

class BundleResourcesTest {

    private final Path folder = Path.of(URI.create(getClass().getResource("/model/config.json").toString())).getParent();

    @Test
    void servesTheModelsFilesAsAFolderWould() throws IOException {
        try (BundleResources resources = new BundleResources("bundle:jargon", bundle(), "/model/")) {
            assertTrue(resources.names().containsAll(List.of("config.json", "model.safetensors", "tokenizer.json")));
            for (String name : resources.names()) {
                MemorySegment content = resources.open(name).orElseThrow();
                assertArrayEquals(Files.readAllBytes(folder.resolve(name)), content.toArray(ValueLayout.JAVA_BYTE));
                assertTrue(content.isNative());
                assertEquals(0, content.address() % 64);
            }
            assertFalse(resources.open("absent.json").isPresent());
        }
    }

    @Test
    void contentsEndWhenItIsClosed() {
        BundleResources resources = new BundleResources("bundle:jargon", bundle(), "/model/");
        MemorySegment content = resources.open("config.json").orElseThrow();
        resources.close();
        resources.close();
        assertThrows(IllegalStateException.class, () -> content.get(ValueLayout.JAVA_BYTE, 0));
    }

    /** A bundle of which only the entries matter, read from the built classes. */
    private Bundle bundle() {
        return (Bundle) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Bundle.class},
            (_, method, _) -> {
                assertEquals("findEntries", method.getName());
                try (Stream<Path> files = Files.walk(folder)) {
                    return Collections.enumeration(files.map(BundleResourcesTest::url).toList());
                }
            });
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
