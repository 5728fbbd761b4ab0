package dev.transom.app.run.internal;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.file.Path;

/**
 * One step of a job, complete.
 *
 * @param name    for people: {@code job} or {@code step 2}
 * @param model   what the user calls the model
 * @param field   member or column that holds the text
 * @param options as in the job file
 */
record Step(String name, String model, Task task, Path input, Path output, Format format, String field, StepOptions options) {

    /** What a step does with each text. */
    enum Task {
        GENERATION, EMBEDDING
    }

    /** How an input is cut into items. */
    enum Format {
        JSONL, CSV, TEXT
    }

    /** What decides the answers: a job that differs in it may not go on with another's output. */
    JsonObject identity(InputFile.Scan scan) {
        return Json.createObjectBuilder().add("model", model).add("task", task.name()).add("format", format.name()).add("field", field)
            .add("options", options.deciding()).add("input_bytes", scan.bytes()).add("input_sha256", scan.sha256()).build();
    }
}
