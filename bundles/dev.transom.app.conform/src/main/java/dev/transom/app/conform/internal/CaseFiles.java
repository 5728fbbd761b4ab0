package dev.transom.app.conform.internal;

import dev.transom.api.TransomException;
import dev.transom.conformance.architecture.CaseFile;
import java.nio.file.Path;

/** What kit a case.json asks for. */
final class CaseFiles {

    private CaseFiles() {
    }

    static String kind(Path file) {
        return CaseFile.read(file).text("kind").filter(kind -> !kind.isBlank()).orElseThrow(() -> new TransomException(file
            + ": kind is required, so that a kit can be found; it is absent. Add it."));
    }
}
