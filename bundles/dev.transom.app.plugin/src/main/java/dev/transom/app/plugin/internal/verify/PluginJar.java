package dev.transom.app.plugin.internal.verify;

import dev.transom.api.TransomException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * What a jar holds, read once. Class files of other releases ({@code META-INF/versions}) are left out.
 *
 * @param headers    main attributes of the manifest; empty if there is none
 * @param entries    names of all files
 * @param classes    by binary name
 * @param unreadable names of class files that are none
 * @param components texts below OSGI-INF, by name
 * @param sha256     of the file
 * @param signers    names of those who signed every file; null where a signature is broken
 * @param unsigned   files that nobody signed
 */
record PluginJar(Attributes headers, Set<String> entries, Map<String, ClassModel> classes, List<String> unreadable,
    Map<String, byte[]> components, String sha256, Set<String> signers, List<String> unsigned) {

    String header(String name) {
        return headers.getValue(name);
    }

    String symbolicName() {
        List<Clause> clauses = Clause.of(header("Bundle-SymbolicName"));
        return clauses.isEmpty() ? "" : clauses.getFirst().path();
    }

    /** Packages that have classes. */
    Set<String> packages() {
        Set<String> names = new TreeSet<>();
        classes.keySet().forEach(name -> names.add(name.substring(0, Math.max(0, name.lastIndexOf('.')))));
        return names;
    }

    static PluginJar read(Path path) {
        try {
            return read(path, sha256(path));
        } catch (NoSuchFileException missing) {
            throw new TransomException(path + ": a readable jar is required; there is no such file. Check the path.", missing);
        } catch (IOException unreadable) {
            throw new TransomException(path + ": a readable jar is required; " + unreadable.getMessage() + ". Check the path.",
                unreadable);
        }
    }

    private static PluginJar read(Path path, String sha256) throws IOException {
        Attributes headers = new Attributes();
        Set<String> entries = new TreeSet<>();
        Map<String, ClassModel> classes = new LinkedHashMap<>();
        List<String> unreadable = new ArrayList<>();
        Map<String, byte[]> components = new LinkedHashMap<>();
        Set<String> signers = null;
        List<String> unsigned = new ArrayList<>();
        boolean broken = false;
        try (JarFile jar = new JarFile(path.toFile(), true)) {
            Manifest manifest = manifest(jar);
            headers = manifest == null ? headers : manifest.getMainAttributes();
            for (JarEntry entry : jar.stream().filter(e -> !e.isDirectory()).toList()) {
                String name = entry.getName();
                entries.add(name);
                byte[] content;
                try (InputStream in = jar.getInputStream(entry)) {
                    content = in.readAllBytes();
                } catch (SecurityException tampered) {
                    broken = true;
                    continue;
                }
                if (name.endsWith(".class") && !name.startsWith("META-INF/") && !name.equals("module-info.class")) {
                    try {
                        classes.put(name.substring(0, name.length() - 6).replace('/', '.'), parsed(content));
                    } catch (IllegalArgumentException none) {
                        unreadable.add(name);
                    }
                } else if (name.startsWith("OSGI-INF/")) {
                    components.put(name, content);
                }
                if (!name.startsWith("META-INF/")) {
                    Set<String> those = names(entry.getCodeSigners());
                    if (those.isEmpty()) {
                        unsigned.add(name);
                    } else if (signers == null) {
                        signers = those;
                    } else {
                        signers.retainAll(those);
                    }
                }
            }
        }
        return new PluginJar(headers, entries, classes, unreadable, components, sha256,
            broken ? null : signers == null ? Set.of() : signers, unsigned);
    }

    /** Reads now what is looked at later: Java reads a class file only as far as it is asked, and a broken one must show here. */
    private static ClassModel parsed(byte[] content) {
        ClassModel type = ClassFile.of().parse(content);
        type.thisClass().asInternalName();
        type.constantPool().forEach(Object::toString);
        type.methods().forEach(MethodModel::flags);
        type.findAttribute(java.lang.classfile.Attributes.runtimeInvisibleAnnotations())
            .ifPresent(all -> all.annotations().forEach(Object::toString));
        type.findAttribute(java.lang.classfile.Attributes.runtimeVisibleAnnotations())
            .ifPresent(all -> all.annotations().forEach(Object::toString));
        return type;
    }

    private static Manifest manifest(JarFile jar) throws IOException {
        try {
            return jar.getManifest();
        } catch (SecurityException tampered) {
            return null;
        }
    }

    private static Set<String> names(CodeSigner[] signers) {
        Set<String> names = new TreeSet<>();
        for (CodeSigner signer : signers == null ? new CodeSigner[0] : signers) {
            if (signer.getSignerCertPath().getCertificates().getFirst() instanceof X509Certificate certificate) {
                names.add(certificate.getSubjectX500Principal().getName());
            }
        }
        return names;
    }

    private static String sha256(Path path) throws IOException {
        try (DigestInputStream in = new DigestInputStream(Files.newInputStream(path), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
