package dev.transom.app.bench.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What the operating system says of this process. */
final class ProcessMemory {

    private static final Path STATUS = Path.of("/proc/self/status");

    private ProcessMemory() {
    }

    /** The largest resident size so far in bytes, mapped files included; empty where the system does not say it as Linux does. */
    static OptionalLong peak() {
        try {
            return Files.exists(STATUS) ? peak(Files.readString(STATUS)) : OptionalLong.empty();
        } catch (IOException unreadable) {
            return OptionalLong.empty();
        }
    }

    /** The line {@code VmHWM: 123 kB}. */
    static OptionalLong peak(String status) {
        return status.lines().filter(line -> line.startsWith("VmHWM:")).map(line -> line.replaceAll("[^0-9]", ""))
            .mapToLong(digits -> Long.parseLong(digits) * 1024).findFirst();
    }
}
