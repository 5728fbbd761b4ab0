package dev.transom.app.plugin.internal.verify;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What the class files do that a person should know before: read from their constants, without loading them. */
final class Code {

    private static final Pattern LIBRARY = Pattern.compile(".*\\.(so|dll|dylib|jnilib)(\\.[0-9.]+)?");
    private static final Set<String> LOADS = Set.of("java/lang/System.load", "java/lang/System.loadLibrary",
        "java/lang/Runtime.load", "java/lang/Runtime.loadLibrary");
    private static final Set<String> ENDS = Set.of("java/lang/System.exit", "java/lang/Runtime.exit", "java/lang/Runtime.halt");
    private static final Pattern THREADS = Pattern.compile(
        "java/lang/Thread\\.(<init>|ofPlatform|startVirtualThread)|java/util/concurrent/Executors\\.new.*"
        + "|java/util/concurrent/(ForkJoinPool|ThreadPoolExecutor|ScheduledThreadPoolExecutor)\\.<init>|java/util/Timer\\.<init>");
    /** Class files of Java 1 are of major version 45. */
    private static final int MAJOR_BEFORE_JAVA_1 = 44;

    private final PluginJar jar;
    private final int java;
    private final Map<String, Set<String>> calls = new TreeMap<>();
    private final Set<String> linking = new TreeSet<>();

    Code(PluginJar jar, int java) {
        this.jar = jar;
        this.java = java;
    }

    List<Finding> findings() {
        jar.classes().forEach(this::scan);
        List<Finding> findings = new ArrayList<>();
        findings.add(level());
        findings.add(nativeCode());
        who(ENDS::contains).ifPresent(names -> findings.add(Finding.fail("exit", names + " ends the whole platform (System.exit); return"
            + " an exit code or throw a TransomException instead.")));
        who(call -> THREADS.matcher(call).matches()).ifPresent(names -> findings.add(Finding.warn("threads", names + " starts threads;"
            + " end them in @Deactivate, and let them drop their work first: a class loader may keep a thread for ever, and a thread"
            + " its Runnable.")));
        return findings;
    }

    private void scan(String name, ClassModel type) {
        for (PoolEntry constant : type.constantPool()) {
            switch (constant) {
                case MemberRefEntry member -> calls.computeIfAbsent(
                    member.owner().asInternalName() + "." + member.name().stringValue(), _ -> new TreeSet<>()).add(name);
                case ClassEntry named when Set.of("java/lang/foreign/Linker", "java/lang/foreign/SymbolLookup")
                    .contains(named.asInternalName()) -> linking.add(name);
                default -> { }
            }
        }
        if (type.methods().stream().anyMatch(method -> (method.flags().flagsMask() & ClassFile.ACC_NATIVE) != 0)) {
            linking.add(name);
        }
    }

    private Optional<String> who(Predicate<String> wanted) {
        Set<String> names = new TreeSet<>();
        calls.forEach((call, callers) -> {
            if (wanted.test(call)) {
                names.addAll(callers);
            }
        });
        return names.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", names));
    }

    private Finding level() {
        int major = 0;
        String highest = "";
        for (Map.Entry<String, ClassModel> each : jar.classes().entrySet()) {
            if (each.getValue().majorVersion() > major) {
                major = each.getValue().majorVersion();
                highest = each.getKey();
            }
            if (each.getValue().minorVersion() == ClassFile.PREVIEW_MINOR_VERSION) {
                return Finding.fail("java", each.getKey() + " uses preview features, which run on one Java only and behind a flag;"
                    + " compile without --enable-preview.");
            }
        }
        if (!jar.unreadable().isEmpty()) {
            return Finding.fail("java", jar.unreadable().getFirst() + " must be a class file of Java " + java + " or older; it is not."
                + " Compile with --release " + java + ".");
        }
        int needed = Math.max(major - MAJOR_BEFORE_JAVA_1, declared());
        if (needed > java) {
            return Finding.fail("java", (highest.isEmpty() ? "the bundle" : highest) + " needs Java " + needed + "; this is Java " + java
                + ". Compile with --release " + java + " or run a newer Java.");
        }
        return Finding.ok("java", major == 0 ? "no classes." : "Java " + needed + " is required; this is Java " + java + ".");
    }

    /** The highest that Require-Capability or the older header name. */
    private int declared() {
        String all = jar.header("Require-Capability") + " " + jar.header("Bundle-RequiredExecutionEnvironment");
        return Pattern.compile("osgi\\.ee=JavaSE\\)\\(version=(\\d+)|JavaSE-(\\d+)").matcher(all).results()
            .mapToInt(found -> Integer.parseInt(found.group(1) == null ? found.group(2) : found.group(1))).max().orElse(0);
    }

    private Finding nativeCode() {
        List<String> found = new ArrayList<>();
        if (jar.header("Bundle-NativeCode") != null) {
            found.add("Bundle-NativeCode");
        }
        jar.entries().stream().filter(name -> LIBRARY.matcher(name).matches()).forEach(found::add);
        who(LOADS::contains).ifPresent(found::add);
        found.addAll(linking);
        return found.isEmpty()
            ? Finding.ok("native", "no native code.")
            : Finding.warn("native", "native code runs outside what Java guards: " + String.join(", ", new TreeSet<>(found))
                + "; install it only from whom you trust.");
    }
}
