package dev.transom.app.plugin.internal.verify;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.app.plugin.internal.verify.Finding.Verdict;
import dev.transom.app.plugin.internal.verify.Surroundings.Contents;
import dev.transom.app.plugin.internal.verify.Surroundings.Offer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

class VerifierTest {

    private static final String HEAD = "Manifest-Version: 1.0\nBundle-ManifestVersion: 2\nBundle-SymbolicName: org.acme\n"
        + "Bundle-Version: 1.2.0\n";

    private final Surroundings platform = new Surroundings(
        List.of(new Offer("dev.transom.api", "osgi.wiring.package",
            Map.of("osgi.wiring.package", "dev.transom.api.sampler", "version", new Version("1.1.0")))),
        List.of(new Contents("dev.transom.api", Set.of("dev.transom.api.sampler"),
            Set.of("dev.transom.api.sampler", "dev.transom.api.internal"))));

    @TempDir
    private Path folder;

    @Test
    void acceptsWhatIsMet() throws IOException {
        List<Finding> findings = verify(HEAD + "Import-Package: dev.transom.api.sampler;version=\"[1.0,2)\"\n");
        assertEquals(List.of(), failures(findings));
        assertEquals("org.acme 1.2.0.", findings.getFirst().sentence());
    }

    @Test
    void refusesAJarThatIsNoBundle() throws IOException {
        assertTrue(failures(verify("Manifest-Version: 1.0\n")).getFirst().contains("this jar is no bundle"));
    }

    @Test
    void saysWhichVersionIsThere() throws IOException {
        assertEquals(List.of("package dev.transom.api.sampler [2.0,3) is required; here it is 1.1.0. Build the plugin against this"
            + " version of the platform."), failures(verify(HEAD + "Import-Package: dev.transom.api.sampler;version=\"[2.0,3)\"\n")));
    }

    @Test
    void saysWhoKeepsAPackageToItself() throws IOException {
        assertEquals(List.of("package dev.transom.api.internal is required; dev.transom.api keeps it to itself. Use published packages"
            + " only."), failures(verify(HEAD + "Import-Package: dev.transom.api.internal\n")));
    }

    @Test
    void leavesOptionalImportsAlone() throws IOException {
        assertEquals(List.of(), failures(verify(HEAD + "Import-Package: org.nobody;resolution:=optional\n")));
    }

    @Test
    void refusesAnAnnouncementWithoutComponent() throws IOException {
        assertEquals(List.of("dev.transom.sampler quadratic is announced; no component provides dev.transom.api.sampler.Sampler. Put"
            + " @Component on the class that implements it."),
            failures(verify(HEAD + "Provide-Capability: dev.transom.sampler;name:List<String>=quadratic\n")));
    }

    @Test
    void namesNativeLibraries() throws IOException {
        List<Finding> findings = verify(HEAD, "linux/libfast.so", new byte[3]);
        assertTrue(findings.stream().anyMatch(each -> each.verdict() == Verdict.WARN && each.sentence().contains("linux/libfast.so")));
    }

    /** A class file of this test: it lies in a package of its own, here said to be another's. */
    @Test
    void refusesAPackageOfAnother() throws IOException {
        byte[] own;
        try (InputStream in = VerifierTest.class.getResourceAsStream("VerifierTest.class")) {
            own = in.readAllBytes();
        }
        List<Finding> findings = verify(HEAD, "dev/transom/api/sampler/VerifierTest.class", own);
        assertTrue(failures(findings).getFirst().startsWith("package dev.transom.api.sampler belongs to dev.transom.api"));
    }

    @Test
    void refusesCodeForANewerJava() throws IOException {
        byte[] own;
        try (InputStream in = VerifierTest.class.getResourceAsStream("VerifierTest.class")) {
            own = in.readAllBytes();
        }
        Path jar = jar(HEAD, "org/acme/VerifierTest.class", own);
        assertEquals(List.of("org.acme.VerifierTest needs Java 25; this is Java 24. Compile with --release 24 or run a newer Java."),
            failures(new Verifier(platform, 24).verify(PluginJar.read(jar))));
    }

    @Test
    void findsMalformedHeaders() throws IOException {
        List<String> failures = failures(verify("Manifest-Version: 1.0\nBundle-ManifestVersion: 2\nBundle-SymbolicName: x;=1\n"
            + "Bundle-Version: abc\nImport-Package: ;;=;a;version=\"[1\",=x\nRequire-Capability: ns;filter:=\"(((\"\n"
            + "Provide-Capability: dev.transom.sampler;name\n"));
        assertTrue(failures.stream().anyMatch(each -> each.startsWith("Bundle-Version of x must be")), failures.toString());
        assertTrue(failures.stream().anyMatch(each -> each.contains("must be an LDAP filter")), failures.toString());
    }

    @Test
    void readsClassFilesThatAreBrokenSomewhere() throws IOException {
        byte[] own;
        try (InputStream in = Announcements.class.getResourceAsStream("Announcements.class")) {
            own = in.readAllBytes();
        }
        Random random = new Random(1);
        for (int round = 0; round < 400; round++) {
            byte[] broken = own.clone();
            for (int i = 0; i < 3; i++) {
                broken[random.nextInt(broken.length)] ^= (byte) (1 + random.nextInt(255));
            }
            int at = round;
            assertDoesNotThrow(() -> verify(HEAD, "org/acme/Broken.class", broken), () -> "round " + at);
        }
    }

    private List<Finding> verify(String manifest) throws IOException {
        return verify(manifest, "readme.txt", "x".getBytes(StandardCharsets.UTF_8));
    }

    private List<Finding> verify(String manifest, String name, byte[] content) throws IOException {
        return new Verifier(platform, 25).verify(PluginJar.read(jar(manifest, name, content)));
    }

    private Path jar(String manifest, String name, byte[] content) throws IOException {
        Path jar = folder.resolve("plugin.jar");
        Manifest read = new Manifest(new java.io.ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)));
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), read)) {
            out.putNextEntry(new JarEntry(name));
            out.write(content);
            out.closeEntry();
        }
        return jar;
    }

    private static List<String> failures(List<Finding> findings) {
        return findings.stream().filter(each -> each.verdict() == Verdict.FAIL).map(Finding::sentence).toList();
    }
}
