package dev.transom.app.run.internal;

import dev.transom.api.TransomException;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.yasson.JsonBindingProvider;

/**
 * Reads a job file and completes its steps.
 *
 * @param directory where relative paths start
 * @param sampling  names of options that installed sampling steps read
 */
record JobReader(Path directory, Set<String> sampling) {

    private static final Set<String> KEYS = Set.of("model", "task", "input", "output", "format", "field", "options");

    List<Step> read(Path file) {
        JsonObject object = object(file);
        Set<String> jobKeys = new HashSet<>(KEYS);
        jobKeys.add("steps");
        new KnownKeys(jobKeys).check(file.toString(), object);
        JobFile job = bind(file, object);
        List<Step> steps = new ArrayList<>();
        if (job.steps() == null) {
            steps.add(step(file, "job", job, job));
        } else {
            for (int i = 0; i < job.steps().size(); i++) {
                String name = "step " + (i + 1);
                new KnownKeys(KEYS).check(file + ": " + name, object.getJsonArray("steps").getJsonObject(i));
                steps.add(step(file, name, job.steps().get(i), job));
            }
        }
        check(file, steps);
        return List.copyOf(steps);
    }

    private static JsonObject object(Path file) {
        try (var reader = Json.createReader(Files.newBufferedReader(file, StandardCharsets.UTF_8))) {
            return reader.readObject();
        } catch (NoSuchFileException absent) {
            throw new TransomException(file + ": a job file is required; there is nothing at this path. Check the path.", absent);
        } catch (IOException | JsonException unreadable) {
            throw new TransomException(file + ": a job must be a JSON object; " + firstLine(unreadable) + ".", unreadable);
        }
    }

    /** Made for one call: a Jsonb remembers the classes that it has seen. */
    private static JobFile bind(Path file, JsonObject object) {
        try (Jsonb jsonb = new JsonBindingProvider().create().build()) {
            return jsonb.fromJson(object.toString(), JobFile.class);
        } catch (JsonbException wrong) {
            throw new TransomException(file + ": model, task, input, output, format and field must be texts, options an object, steps a list "
                + "of objects; " + firstLine(wrong) + ".", wrong);
        } catch (Exception closing) {
            throw new IllegalStateException(closing);
        }
    }

    private Step step(Path file, String name, JobFile step, JobFile job) {
        String where = file + ": " + name;
        Path input = directory.resolve(required(where, "input", step.input(), job.input())).normalize();
        Path output = directory.resolve(required(where, "output", step.output(), job.output())).normalize();
        Step.Task task = word(where, "task", Step.Task.class, either(step.task(), job.task(), "generation"));
        String format = either(step.format(), job.format(), byName(input));
        JsonObject options = either(step.options(), job.options(), JsonValue.EMPTY_JSON_OBJECT);
        return new Step(name, required(where, "model", step.model(), job.model()), task, input, output,
            word(where, "format", Step.Format.class, format), either(step.field(), job.field(), ""),
            StepOptions.of(where + ": options", options, sampling));
    }

    private static String byName(Path input) {
        String name = input.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".csv") ? "csv" : name.endsWith(".jsonl") || name.endsWith(".ndjson") || name.endsWith(".json") ? "jsonl" : "text";
    }

    private static <T> T either(T first, T second, T otherwise) {
        return first != null ? first : second != null ? second : otherwise;
    }

    private static String required(String where, String key, String first, String second) {
        String value = either(first, second, null);
        if (value == null) {
            throw new TransomException(where + ": " + key + " is required; it is absent. Add it to the job.");
        }
        return value;
    }

    private static <E extends Enum<E>> E word(String where, String key, Class<E> type, String value) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(value)) {
                return constant;
            }
        }
        throw new TransomException(where + ": " + key + " must be one of "
            + List.of(type.getEnumConstants()).toString().toLowerCase(Locale.ROOT) + "; got '" + value + "'.");
    }

    private static void check(Path file, List<Step> steps) {
        Set<Path> written = new HashSet<>();
        if (steps.isEmpty()) {
            throw new TransomException(file + ": steps must hold at least one; there is none. Leave steps out for a job of one.");
        }
        for (Step step : steps) {
            if (!written.add(step.output()) || step.output().equals(step.input())) {
                throw new TransomException(file + ": " + step.name() + ": an output must be a file of its own; got " + step.output()
                    + " once more. Name another.");
            }
        }
    }

    private static String firstLine(Exception failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("it cannot be read").replaceAll("[.]$", "");
    }
}
