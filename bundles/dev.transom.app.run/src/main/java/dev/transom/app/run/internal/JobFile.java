package dev.transom.app.run.internal;

import jakarta.json.JsonObject;
import jakarta.json.bind.annotation.JsonbCreator;
import jakarta.json.bind.annotation.JsonbProperty;
import java.util.List;

/**
 * A job as its file has it; null stands for what is left out. Public, since JSON-B reads it by reflection. A step takes from the job what it leaves out itself.
 *
 * @param model   {@code bundle:NAME}, a folder or a file
 * @param task    {@code generation} or {@code embedding}
 * @param input   file of what is to be answered
 * @param output  file of answers, JSON lines
 * @param format  {@code jsonl}, {@code csv} or {@code text}, if the input's name does not say
 * @param field   member or column that holds the text
 * @param options how the model is loaded and the answers are made
 * @param steps   several of the same, one after the other
 */
public record JobFile(String model, String task, String input, String output, String format, String field, JsonObject options,
        List<JobFile> steps) {

    /** JSON-B takes this constructor; without the annotation it would want setters. */
    @JsonbCreator
    public JobFile(@JsonbProperty("model") String model, @JsonbProperty("task") String task, @JsonbProperty("input") String input,
            @JsonbProperty("output") String output, @JsonbProperty("format") String format, @JsonbProperty("field") String field,
            @JsonbProperty("options") JsonObject options, @JsonbProperty("steps") List<JobFile> steps) {
        this.model = model;
        this.task = task;
        this.input = input;
        this.output = output;
        this.format = format;
        this.field = field;
        this.options = options;
        this.steps = steps;
    }
}
