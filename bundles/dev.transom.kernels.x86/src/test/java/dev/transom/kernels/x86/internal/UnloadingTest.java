package dev.transom.kernels.x86.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.kernel.KernelProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The bundle can leave: code in memory does not hold its classes. */
class UnloadingTest {

    @Test
    @EnabledIf("dev.transom.kernels.x86.internal.Available#here")
    void classesCanBeCollectedAfterTheirCodeHasRun() throws Exception {
        WeakReference<ClassLoader> loader = used();
        for (int i = 0; i < 100 && loader.get() != null; i++) {
            System.gc();
            Thread.sleep(20);
        }
        assertNull(loader.get());
    }

    private static WeakReference<ClassLoader> used() throws ReflectiveOperationException {
        Copy loader = new Copy();
        Class<?> kernels = loader.loadClass(X86Kernels.class.getName());
        assertEquals(loader, kernels.getClassLoader());
        KernelProvider provider = (KernelProvider) kernels.getConstructor().newInstance();
        assertEquals(Optional.empty(), provider.unavailable());
        Class<?> tile = Class.forName(Tile.class.getName(), true, loader);
        assertEquals(loader, tile.getClassLoader());
        return new WeakReference<>(loader);
    }

    @Test
    void saysWhereItRuns() {
        String system = System.getProperty("os.name");
        System.setProperty("os.name", "Plan 9");
        try {
            String reason = new X86Kernels().unavailable().orElseThrow();
            assertTrue(reason.startsWith("they are made for Linux on x86-64; this is Plan 9 on "), reason);
        } finally {
            System.setProperty("os.name", system);
        }
    }

    /** This bundle's classes once more. */
    private static final class Copy extends ClassLoader {

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("dev.transom.kernels.x86.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known != null ? known : define(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream file = UnloadingTest.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
                if (file == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }
}
