package dev.transom.platform.tests;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;

/**
 * Runs test classes of the package {@code inside} within the framework: packs them as a bundle, lets a second Jupiter
 * run the classes that the bundle loads, and reports each of their methods as a dynamic test out here. So they see the
 * types that the bundles see.
 */
final class InsideTests {

    private static final String PACKAGE = "dev/transom/platform/tests/inside/";

    /** For the configuration of the framework: the bundle gets JUnit from the class path of the tests. */
    static final String JUNIT_PACKAGES = String.join(",", Stream.of(
            "org.junit.jupiter.api", "org.junit.jupiter.api.function", "org.junit.jupiter.api.io",
            "org.junit.jupiter.api.extension", "org.junit.platform.commons.annotation", "org.opentest4j",
            "org.apiguardian.api").toList());

    private InsideTests() {}

    /** Runs one class to its end; a failure is thrown by the dynamic test of its method. */
    static Stream<DynamicTest> of(BundleContext context, String className) throws Exception {
        Bundle bundle = install(context);
        Outcomes outcomes = new Outcomes();
        try {
            Class<?> testClass = bundle.loadClass(PACKAGE.replace('/', '.') + className);
            LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(DiscoverySelectors.selectClass(testClass)).build();
            LauncherConfig config = LauncherConfig.builder()
                    .enableTestEngineAutoRegistration(false)
                    .enableTestExecutionListenerAutoRegistration(false)
                    .enableLauncherSessionListenerAutoRegistration(false)
                    .addTestEngines(new JupiterTestEngine())
                    .build();
            LauncherFactory.create(config).execute(request, outcomes);
        } finally {
            bundle.uninstall();
        }
        if (outcomes.tests.isEmpty()) {
            throw new IllegalStateException(className + " must hold tests; none was found.");
        }
        return outcomes.tests.stream();
    }

    private static Bundle install(BundleContext context) throws IOException, BundleException {
        Bundle bundle = context.installBundle("transom:inside-tests", new ByteArrayInputStream(pack()));
        bundle.start();
        return bundle;
    }

    private static byte[] pack() throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        main.putValue(Constants.BUNDLE_SYMBOLICNAME, "dev.transom.platform.tests.inside");
        main.putValue(Constants.BUNDLE_VERSION, "1.0.0");
        main.putValue(Constants.DYNAMICIMPORT_PACKAGE, "*");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Path folder = Path.of(InsideTests.class.getProtectionDomain().getCodeSource().getLocation().getPath(), PACKAGE);
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest); Stream<Path> classes = Files.list(folder)) {
            for (Path file : classes.sorted().toList()) {
                jar.putNextEntry(new JarEntry(PACKAGE + file.getFileName()));
                Files.copy(file, jar);
                jar.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static final class Outcomes implements TestExecutionListener {

        private final List<DynamicTest> tests = new ArrayList<>();

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            boolean failed = result.getStatus() != TestExecutionResult.Status.SUCCESSFUL;
            if (test.isTest() || failed) {
                tests.add(DynamicTest.dynamicTest(test.getDisplayName(), () -> {
                    if (result.getThrowable().isPresent()) {
                        throw result.getThrowable().get();
                    }
                }));
            }
        }

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            tests.add(DynamicTest.dynamicTest(test.getDisplayName(), () -> {
                throw new IllegalStateException("must run; it was skipped: " + reason);
            }));
        }
    }
}
