package dev.transom.backend.cpu.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How much memory the machine has, as Linux tells it; elsewhere what the virtual machine may use. */
final class PhysicalMemory {

    private static final Path MEMINFO = Path.of("/proc/meminfo");

    private PhysicalMemory() {
    }

    static long bytes() {
        try {
            List<String> lines = Files.isReadable(MEMINFO) ? Files.readAllLines(MEMINFO) : List.of();
            return lines.stream().filter(line -> line.startsWith("MemTotal:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst().orElse(Runtime.getRuntime().maxMemory());
        } catch (IOException unreadable) {
            return Runtime.getRuntime().maxMemory();
        }
    }
}
