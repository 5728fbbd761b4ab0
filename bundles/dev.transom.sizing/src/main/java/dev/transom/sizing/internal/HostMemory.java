package dev.transom.sizing.internal;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Memory of this machine as far as this process may use it.
 *
 * @param limit what it may have at most: the machine's, or its container's where that is less
 * @param free  what it could have now; what the system caches of files counts as free, since it gives way
 */
record HostMemory(long limit, long free) {

    /** Reads what Linux says below {@code root}; elsewhere asks the Java runtime, which does not know what is free. */
    static HostMemory read(Path root) {
        Path meminfo = root.resolve("proc/meminfo");
        OptionalLong total = field(meminfo, "MemTotal:", 1024);
        if (total.isEmpty()) {
            long known = runtimeTotal();
            return new HostMemory(known, known);
        }
        long free = field(meminfo, "MemAvailable:", 1024).orElse(total.getAsLong());
        HostMemory memory = new HostMemory(total.getAsLong(), free);
        for (Path group : groups(root, "0", "sys/fs/cgroup")) {
            memory = memory.within(group, "memory.max", "memory.current", "");
        }
        for (Path group : groups(root, "memory", "sys/fs/cgroup/memory")) {
            memory = memory.within(group, "memory.limit_in_bytes", "memory.usage_in_bytes", "total_");
        }
        return memory;
    }

    /** The lesser of this and what a control group allows. */
    private HostMemory within(Path group, String limitFile, String usageFile, String prefix) {
        OptionalLong most = number(group.resolve(limitFile));
        if (most.isEmpty()) {
            return this;
        }
        Path stat = group.resolve("memory.stat");
        long cachedFiles = field(stat, prefix + "inactive_file", 1).orElse(0) + field(stat, prefix + "active_file", 1).orElse(0);
        long used = Math.max(0, number(group.resolve(usageFile)).orElse(0) - cachedFiles);
        return new HostMemory(Math.min(limit, most.getAsLong()), Math.min(free, Math.max(0, most.getAsLong() - used)));
    }

    /** The folders of this process's control group and of all around it. */
    private static List<Path> groups(Path root, String controller, String mount) {
        Path base = root.resolve(mount);
        List<Path> folders = new ArrayList<>();
        for (String line : lines(root.resolve("proc/self/cgroup"))) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && (parts[0].equals(controller) || List.of(parts[1].split(",")).contains(controller))) {
                Path folder = base.resolve(parts[2].replaceFirst("^/+", "")).normalize();
                for (; folder != null && folder.startsWith(base); folder = folder.getParent()) {
                    folders.add(folder);
                }
            }
        }
        return folders;
    }

    /** The number behind a name, such as {@code MemTotal: 24684472 kB}. */
    private static OptionalLong field(Path file, String name, long unit) {
        return lines(file).stream().map(line -> line.split("\\s+")).filter(words -> words.length >= 2 && words[0].equals(name))
            .mapToLong(words -> Long.parseLong(words[1]) * unit).findFirst();
    }

    /** A file that holds one number; empty for none, or for {@code max}. */
    private static OptionalLong number(Path file) {
        return lines(file).stream().filter(line -> line.matches("\\d{1,18}")).mapToLong(Long::parseLong).findFirst();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException gone) {
            return List.of();
        }
    }

    private static long runtimeTotal() {
        try {
            return (Long) ManagementFactory.getPlatformMBeanServer()
                .getAttribute(new ObjectName("java.lang:type=OperatingSystem"), "TotalMemorySize");
        } catch (JMException unknown) {
            return Runtime.getRuntime().maxMemory();
        }
    }
}
