package dev.transom.app.run.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.transom.api.TransomException;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ItemsTest {

    @TempDir
    private Path folder;

    @Test
    void everyLineOfJsonIsAnItemABadOneToo() throws Exception {
        List<Item> items = read("in.jsonl", Step.Format.JSONL, "", """
            "plain"
            {"prompt": "p", "id": 4, "max_tokens": 3, "seed": -1, "else": {}}
            {"text": "t"}\r

            {"prompt": 1}
            {"prompt": "x", "max_tokens": 0}
            [1]
            {"text": "last"}""".getBytes(StandardCharsets.UTF_8));
        JsonValue four = Json.createValue(4);
        assertEquals(new Item.Text(1, null, "plain", OptionalInt.empty(), OptionalLong.empty()), items.get(0));
        assertEquals(new Item.Text(2, four, "p", OptionalInt.of(3), OptionalLong.of(-1)), items.get(1));
        assertEquals("t", ((Item.Text) items.get(2)).text());
        assertEquals(4, ((Item.Bad) items.get(3)).line());
        assertEquals("a line must have a text 'prompt'; got 1. Name another with field in the job.", ((Item.Bad) items.get(4)).sentence());
        assertEquals("max_tokens must be a whole number of at least 1 and seed a whole number; got 0 and null.",
            ((Item.Bad) items.get(5)).sentence());
        assertEquals("a line must be a text or an object; got ARRAY.", ((Item.Bad) items.get(6)).sentence());
        assertEquals("last", ((Item.Text) items.get(7)).text());
        assertEquals(8, items.size());
    }

    @Test
    void aLineThatIsNotUtf8IsOnlyThatLinesFault() throws Exception {
        List<Item> items = read("in.txt", Step.Format.TEXT, "", new byte[] {'a', '\n', (byte) 0xff, '\n', '\n', 'b', '\n'});
        assertEquals("a line must be UTF-8; this one is not. Convert the file.", ((Item.Bad) items.get(1)).sentence());
        assertEquals("", ((Item.Text) items.get(2)).text());
        assertEquals("b", ((Item.Text) items.get(3)).text());
        assertEquals(4, items.size());
    }

    @Test
    void csvTakesTheNamedColumn() throws Exception {
        byte[] csv = "id,prompt,q\r\n1,\"a, \"\"b\"\"\nc\",x\r\n2\r\n3,d,y\r\n".getBytes(StandardCharsets.UTF_8);
        List<Item> items = read("in.csv", Step.Format.CSV, "", csv);
        assertEquals(new Item.Text(1, Json.createValue("1"), "a, \"b\"\nc", OptionalInt.empty(), OptionalLong.empty()), items.get(0));
        assertEquals("a record must reach column 2; it has 1 fields (line 4).", ((Item.Bad) items.get(1)).sentence());
        assertEquals("y", ((Item.Text) read("in.csv", Step.Format.CSV, "q", csv).get(2)).text());
        assertEquals(folder.resolve("in.csv") + ": the first record must name a column 'z'; got [id, prompt, q]. Name the column with field in "
            + "the job.", assertThrows(TransomException.class, () -> read("in.csv", Step.Format.CSV, "z", csv)).getMessage());
    }

    private List<Item> read(String name, Step.Format format, String field, byte[] content) throws IOException {
        Path file = Files.write(folder.resolve(name), content);
        InputFile input = new InputFile(file, format, field);
        List<Item> items = new ArrayList<>();
        try (Items all = input.open(0)) {
            for (Item item = all.next(); item != null; item = all.next()) {
                items.add(item);
            }
        }
        assertEquals(items.size(), input.scan().items());
        return items;
    }
}
