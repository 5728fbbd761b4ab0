package dev.transom.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Lists the jars to install, in an order that does not depend on the file system. */
public final class BundleJars {

    private BundleJars() {}

    /** Returns the jars of all places: each a jar or a folder of jars. */
    public static List<Path> in(List<Path> places) throws IOException {
        List<Path> jars = new ArrayList<>();
        for (Path place : places) {
            if (Files.isRegularFile(place)) {
                jars.add(place);
            } else if (Files.isDirectory(place)) {
                jars.addAll(inFolder(place));
            } else {
                throw new IllegalArgumentException(
                        "bundles must lie in a jar or a folder of jars; " + place + " is neither. Check the path.");
            }
        }
        return jars;
    }

    private static List<Path> inFolder(Path folder) throws IOException {
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.jar")) {
            found.forEach(jars::add);
        }
        jars.sort(null);
        return jars;
    }
}
