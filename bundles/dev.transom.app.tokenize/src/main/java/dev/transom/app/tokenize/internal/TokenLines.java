package dev.transom.app.tokenize.internal;

import dev.transom.api.tokenizer.Encoding;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.io.PrintWriter;

/** Writes encodings for people or machines. */
final class TokenLines {

    private final PrintWriter out;
    private final boolean json;
    private final boolean count;
    private boolean first = true;

    TokenLines(PrintWriter out, boolean json, boolean count) {
        this.out = out;
        this.json = json;
        this.count = count;
    }

    void print(String text, Encoding encoding) {
        if (json) {
            printJson(text, encoding);
        } else if (count) {
            out.println(encoding.length());
        } else {
            printLines(encoding);
        }
    }

    private void printLines(Encoding encoding) {
        if (!first) {
            out.println();
        }
        first = false;
        int width = encoding.tokens().stream().mapToInt(token -> quoted(token).length()).max().orElse(0);
        for (int i = 0; i < encoding.length(); i++) {
            Encoding.Offset offset = encoding.offsets()[i];
            boolean marker = encoding.specialMask()[i] == 1;
            out.printf("%8d  %-" + Math.clamp(width, 1, 60) + "s  %s%n", encoding.ids()[i], quoted(encoding.tokens().get(i)),
                marker ? "added" : offset.start() + ".." + offset.end());
        }
    }

    private void printJson(String text, Encoding encoding) {
        JsonArrayBuilder ids = Json.createArrayBuilder();
        JsonArrayBuilder tokens = Json.createArrayBuilder();
        JsonArrayBuilder offsets = Json.createArrayBuilder();
        for (int i = 0; i < encoding.length(); i++) {
            ids.add(encoding.ids()[i]);
            tokens.add(encoding.tokens().get(i));
            Encoding.Offset offset = encoding.offsets()[i];
            offsets.add(Json.createArrayBuilder().add(offset.start()).add(offset.end()));
        }
        out.println(Json.createObjectBuilder().add("text", text).add("count", encoding.length()).add("ids", ids).add("tokens", tokens)
            .add("offsets", offsets).build());
    }

    static void printDecoded(PrintWriter out, int[] ids, String text) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        for (int id : ids) {
            array.add(id);
        }
        out.println(Json.createObjectBuilder().add("ids", array).add("text", text).build());
    }

    /** A token on one line, as JSON writes it. */
    private static String quoted(String token) {
        return Json.createValue(token).toString();
    }
}
