package dev.transom.launcher;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder where Felix notes what is installed, a few hundred small files. It lies in memory where the system offers
 * that: on a disk the notes alone would take a fifth of the start.
 */
final class CacheFolder {

    private static final Path MEMORY = Path.of("/dev/shm");

    private CacheFolder() {}

    /** Creates a folder that only this user may read. */
    static Path create() throws IOException {
        Path parent = Files.isWritable(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
        FileAttribute<?>[] mine = parent.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))}
            : new FileAttribute<?>[0];
        // Files.createTempDirectory would wake the security providers, for a name that nobody needs to be unable to guess.
        long number = ProcessHandle.current().pid();
        for (int attempt = 0; ; attempt++) {
            try {
                return Files.createDirectory(parent.resolve("transom-" + number + "-" + attempt), mine);
            } catch (FileAlreadyExistsException taken) {
                // Another framework of this process, or a process that was killed and could not delete its own.
            }
        }
    }

    /** Deletes the folder with all that is in it. */
    static void delete(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
