package dev.transom.samplers.internal;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where the reference cases lie. */
final class Cases {

    private Cases() {
    }

    static Path file() {
        String golden = System.getProperty("transom.golden");
        try {
            return golden != null ? Path.of(golden, "samplers", "case.json")
                : Path.of(Cases.class.getResource("/golden/samplers/case.json").toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
