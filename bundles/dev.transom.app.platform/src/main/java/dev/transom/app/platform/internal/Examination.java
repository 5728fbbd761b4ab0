package dev.transom.app.platform.internal;

import dev.transom.api.backend.Backend;
import dev.transom.api.backend.Device;
import dev.transom.api.kernel.KernelProvider;
import dev.transom.api.platform.InstalledBundle;
import dev.transom.api.platform.Platform;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Looks at everything that decides whether and how fast a model runs here. */
record Examination(List<Backend> backends, List<KernelProvider> kernels, Platform platform) {

    private static final long SMALL_HEAP = 512L << 20;

    List<Finding> findings() {
        List<Finding> all = new ArrayList<>();
        all.add(java());
        all.add(compiler());
        all.add(vector());
        all.add(nativeAccess());
        all.add(Finding.good("cores", Integer.toString(Runtime.getRuntime().availableProcessors())));
        all.add(memory());
        all.add(heap());
        backends(all);
        kernelProviders(all);
        bundles(all);
        return all;
    }

    private static Finding java() {
        String found = Runtime.version() + " (" + System.getProperty("java.vendor") + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ")";
        return Finding.good("Java", found);
    }

    /** Kernels reach their speed with C2 only: C1 boxes every vector, and other compilers do not know the intrinsics. */
    private static Finding compiler() {
        String level = Machine.option("TieredStopAtLevel");
        boolean foreign = "true".equals(Machine.option("UseJVMCICompiler"));
        if (level.isEmpty()) {
            return Finding.advice("compiler", System.getProperty("java.vm.name") + ", unknown",
                    "Kernels are tuned for HotSpot's C2; measure with: transom bench.");
        }
        if (foreign || !level.equals("4") || System.getProperty("java.vm.info").contains("interpreted")) {
            return Finding.advice("compiler", foreign ? "JVMCI" : "without C2 (TieredStopAtLevel=" + level + ")",
                    "Leave out options such as -XX:TieredStopAtLevel, -Xint and -XX:+UseJVMCICompiler.");
        }
        return Finding.good("compiler", "C2");
    }

    private static Finding vector() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return Finding.advice("vector", "the Vector API is off; kernels are scalar and several times slower",
                    "Leave out TRANSOM_NO_VECTOR, or start Java with --add-modules jdk.incubator.vector.");
        }
        int bits = VectorWidth.bits();
        return bits >= 256
                ? Finding.good("vector", bits + " bits")
                : Finding.advice("vector", bits + " bits", "This processor has short vectors; expect less speed.");
    }

    /** Weights are mapped with the foreign-memory API, and native kernels are called through it. */
    private static Finding nativeAccess() {
        return Examination.class.getModule().isNativeAccessEnabled()
                ? Finding.good("native", "native access is allowed")
                : Finding.advice("native", "native access is not allowed; Java will warn and later refuse",
                        "Start Java with --enable-native-access=ALL-UNNAMED.");
    }

    private static Finding memory() {
        long total = Machine.bytes("TotalMemorySize");
        long free = Machine.bytes("FreeMemorySize");
        return Finding.good("memory", gigabytes(total) + " in all, " + gigabytes(free) + " unused");
    }

    private static Finding heap() {
        long heap = Runtime.getRuntime().maxMemory();
        String found = "at most " + gigabytes(heap) + "; weights are mapped beside it";
        return heap >= SMALL_HEAP
                ? Finding.good("heap", found)
                : Finding.advice("heap", found, "Give more: TRANSOM_JAVA_OPTIONS=-Xmx2g.");
    }

    private void backends(List<Finding> all) {
        if (backends.isEmpty()) {
            all.add(Finding.bad("backend", "none", platform.whyMissing("dev.transom.backend", "name", "cpu")));
        }
        backends.stream()
                .sorted((a, b) -> Integer.compare(b.preference(), a.preference()))
                .forEach(backend -> all.add(Finding.good("backend", backend.name() + ": "
                        + backend.devices().stream().map(Examination::words).collect(Collectors.joining("; ")))));
    }

    private static String words(Device device) {
        return device.id() + " (" + device.description() + ", " + device.computeUnits() + " units, "
                + gigabytes(device.memoryBytes()) + ")";
    }

    private void kernelProviders(List<Finding> all) {
        List<KernelProvider> sorted = kernels.stream().sorted(Comparator.comparing(KernelProvider::name)).toList();
        String names = sorted.stream().filter(provider -> provider.unavailable().isEmpty()).map(KernelProvider::name)
                .collect(Collectors.joining(", "));
        all.add(names.isEmpty()
                ? Finding.advice("kernels", "none beside the reference kernels",
                        platform.whyMissing("dev.transom.kernels", "name", "vector"))
                : Finding.good("kernels", names));
        sorted.forEach(provider -> provider.unavailable().ifPresent(reason ->
                all.add(Finding.good("kernels", provider.name() + " is off: " + reason))));
    }

    private void bundles(List<Finding> all) {
        List<InstalledBundle> installed = platform.bundles();
        for (InstalledBundle bundle : installed) {
            if (!bundle.problem().isEmpty()) {
                all.add(Finding.bad("bundle", bundle.name() + " " + bundle.problem() + ".", ""));
            }
        }
        long active = installed.stream().filter(b -> b.state() == InstalledBundle.State.ACTIVE).count();
        all.add(Finding.good("bundles", active + " of " + installed.size() + " run"));
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
    }
}
