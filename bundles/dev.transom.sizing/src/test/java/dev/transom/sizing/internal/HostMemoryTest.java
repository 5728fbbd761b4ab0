package dev.transom.sizing.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostMemoryTest {

    @TempDir
    private Path root;

    @Test
    void readsTheMachineWhereNoContainerLimitsIt() throws IOException {
        machine();
        assertEquals(new HostMemory(8000 * 1024, 6000 * 1024), HostMemory.read(root));
        write("proc/self/cgroup", "0::/user.slice/a\n");
        write("sys/fs/cgroup/user.slice/a/memory.max", "max\n");
        assertEquals(new HostMemory(8000 * 1024, 6000 * 1024), HostMemory.read(root));
    }

    @Test
    void takesTheTightestGroupAndCountsItsCachedFilesAsFree() throws IOException {
        machine();
        write("proc/self/cgroup", "0::/outer/inner\n");
        write("sys/fs/cgroup/outer/memory.max", "1000000\n");
        write("sys/fs/cgroup/outer/memory.current", "700000\n");
        write("sys/fs/cgroup/outer/memory.stat", "anon 300000\ninactive_file 100000\nactive_file 250000\n");
        write("sys/fs/cgroup/outer/inner/memory.max", "2000000\n");
        assertEquals(new HostMemory(1_000_000, 1_000_000 - 350_000), HostMemory.read(root));
    }

    @Test
    void findsTheLimitOfAContainerWhosePathIsThatOfTheHost() throws IOException {
        machine();
        write("proc/self/cgroup", "0::/docker/0123\n");
        write("sys/fs/cgroup/memory.max", "5000\n");
        assertEquals(new HostMemory(5000, 5000), HostMemory.read(root));
    }

    @Test
    void readsGroupsOfTheFirstVersion() throws IOException {
        machine();
        write("proc/self/cgroup", "5:cpu,cpuacct:/\n4:memory:/\n");
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", "4000000\n");
        write("sys/fs/cgroup/memory/memory.usage_in_bytes", "3000000\n");
        write("sys/fs/cgroup/memory/memory.stat", "inactive_file 1\ntotal_inactive_file 500000\ntotal_active_file 0\n");
        assertEquals(new HostMemory(4_000_000, 1_500_000), HostMemory.read(root));
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
        assertEquals(new HostMemory(8000 * 1024, 6000 * 1024), HostMemory.read(root));
    }

    @Test
    void asksTheRuntimeWhereThereIsNoProc() {
        HostMemory memory = HostMemory.read(root);
        assertTrue(memory.limit() > 1 << 20);
        assertEquals(memory.limit(), memory.free());
    }

    private void machine() throws IOException {
        write("proc/meminfo", "MemTotal:        8000 kB\nMemFree:  100 kB\nMemAvailable:    6000 kB\n");
    }

    private void write(String file, String content) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
