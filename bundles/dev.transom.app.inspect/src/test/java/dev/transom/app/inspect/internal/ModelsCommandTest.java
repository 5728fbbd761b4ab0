package dev.transom.app.inspect.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.ModelFacts.Structure;
import dev.transom.api.model.Model;
import dev.transom.api.model.Models;
import dev.transom.api.model.OpenModel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelsCommandTest {

    private final SmallModel small = new SmallModel(Structure.CAUSAL, true);

    @Test
    void listsWhatCanBeOpenedAndWhyTheRestCannot() {
        String out = CommandRun.of(Path.of(""), session -> new ModelsCommand(session, models())).out();
        assertTrue(out.startsWith("small  "), out);
        assertTrue(out.contains("Small: a table and a matrix"), out);
        assertTrue(out.contains("\nodd    cannot be opened: odd: not a model."), out);
        assertTrue(out.endsWith("\nModels directory: /models\n"), out);
    }

    @Test
    void jsonHasALineForEach() {
        List<String> lines = CommandRun.of(Path.of(""), session -> new ModelsCommand(session, models()), "--json").out().lines().toList();
        assertEquals(2, lines.size());
        assertTrue(lines.getFirst().contains("\"parameters\":59"), lines.getFirst());
        assertTrue(lines.getLast().contains("\"error\":\"odd: not a model.\""), lines.getLast());
    }

    private Models models() {
        return new Models() {
            @Override
            public OpenModel open(String reference, Path directory) {
                if (reference.equals("odd")) {
                    throw new TransomException("odd: not a model.");
                }
                return small;
            }

            @Override
            public List<Model> bundled() {
                return List.of();
            }

            @Override
            public Path directory() {
                return small.directory();
            }

            @Override
            public List<String> references() {
                return List.of("small", "odd");
            }
        };
    }
}
