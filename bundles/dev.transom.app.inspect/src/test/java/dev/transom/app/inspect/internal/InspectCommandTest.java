package dev.transom.app.inspect.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.TransomException;
import dev.transom.api.architecture.ModelFacts.Structure;
import dev.transom.graph.Operations;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {

    @TempDir
    private Path folder;
    private final SmallModel decoder = new SmallModel(Structure.CAUSAL, true);

    @Test
    void printsRecipeHeadsConfigurationParametersAndWhatIsLeftOver() {
        String out = run(decoder, "small").out();
        assertTrue(out.startsWith("""
            model          small, in /models/small
            recipe         Small: a table and a matrix
            architecture   small, defined by dev.transom.architecture.small 1.0.0
            structure      causal, 1 layers, 4 wide, 10 tokens, 64 positions
            head           lm: gives logits, loss over next token (default)
            head           pooled: gives pooled, no loss
            parameters     72 with all heads, in 3 tensors

            configuration
            """), out);
        assertTrue(out.contains("  dtype = float16\n"), out);
        assertTrue(out.endsWith("""

            parameter  shape    format   made of
            table      [10, 4]  BF16     table
            inner      [4, 4]   F16      transpose(matrix)
            pooler     [4, 4]   missing  pooler.weight  [pooled]

            stored, but no parameter is made of it
              leftover F32[3]
            """), out);
    }

    @Test
    void aConfigurationAloneHasNoFormatsAndSaysWhy() {
        String out = run(new SmallModel(Structure.CAUSAL, false), "small").out();
        assertTrue(out.contains("no weights     small: weights are missing.\n"), out);
        assertTrue(out.contains("pooler     [4, 4]           pooler.weight  [pooled]\n"), out);
    }

    @Test
    void jsonNamesWhatIsMissingAndWhatIsUnused() {
        JsonObject json = Json.createReader(new StringReader(run(decoder, "small", "--json").out())).readObject();
        assertEquals(72, json.getInt("parameter_count"));
        assertEquals("[\"pooler.weight\"]", json.getJsonArray("parameters").getJsonObject(2).getJsonArray("missing").toString());
        assertEquals("leftover", json.getJsonArray("unused").getJsonObject(0).getString("name"));
        assertEquals("small", json.getJsonObject("configuration").getString("model_type"));
    }

    @Test
    void printsTheGraphThatIsAskedFor() {
        String whole = run(decoder, "small", "--graph", "text").out();
        assertTrue(whole.startsWith("%0 = parameter table : F32[10, 4]\n%1 = input tokens : I32[tokens≤512]\n"), whole);
        assertFalse(whole.contains("kv_append"), whole);
        assertTrue(run(decoder, "small", "--graph", "text", "--cached").out().contains("kv_append"));
        assertTrue(run(decoder, "small", "--graph", "text", "--head", "pooled").out().contains("output pooled = "));
        assertTrue(run(decoder, "small", "--graph", "text", "--head", "none").out().contains("output last_hidden_state = "));
        assertTrue(run(decoder, "small", "--graph", "text", "--training").out().contains("output grad.inner = "));
    }

    @Test
    void writesToAFile() throws IOException {
        assertEquals("", run(decoder, "small", "--graph", "dot", "--out", "small.dot").out());
        assertTrue(Files.readString(folder.resolve("small.dot")).startsWith("digraph transom {\n"));
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertEquals("option --graph: it must be text or dot; got svg.", refusal("small", "--graph", "svg"));
        assertEquals("inspect: --head, --cached and --training choose a graph; got no --graph. Add --graph text.",
            refusal("small", "--cached"));
        assertEquals("inspect: gradients exist only without caches; got --cached and --training. Leave one out.",
            refusal("small", "--graph", "text", "--cached", "--training"));
        assertEquals("inspect: --graph has the forms text and dot, not JSON; got --json too. Leave one out.",
            refusal("small", "--graph", "text", "--json"));
        assertEquals("option --training: a head with a loss is required; got pooled. Give one with --head.",
            refusal("small", "--graph", "text", "--training", "--head", "pooled"));
        assertEquals("model small: head span is not one of its heads [lm, pooled]. Choose one of these.",
            refusal("small", "--graph", "text", "--head", "span"));
        assertTrue(refusal("small", "--out", "no/such/folder").startsWith(
            folder.resolve("no/such/folder") + ": the file must be writable; "));
        assertEquals("option --cached: only a model that generates has caches; this is an encoder. Leave it out.",
            assertThrows(TransomException.class,
                () -> run(new SmallModel(Structure.ENCODER, true), "small", "--graph", "text", "--cached")).getMessage());
    }

    private String refusal(String... arguments) {
        return assertThrows(TransomException.class, () -> run(decoder, arguments)).getMessage();
    }

    private CommandRun run(SmallModel model, String... arguments) {
        return CommandRun.of(folder, session -> new InspectCommand(session, model, Operations.core()), arguments);
    }
}
