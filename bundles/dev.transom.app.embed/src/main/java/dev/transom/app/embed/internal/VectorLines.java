package dev.transom.app.embed.internal;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.List;

/** Prints vectors: a line of numbers for each text, or a line with one JSON object. */
record VectorLines(PrintWriter out, boolean json) {

    void print(List<String> texts, List<float[]> vectors) {
        for (int i = 0; i < texts.size(); i++) {
            out.println(json ? object(texts.get(i), vectors.get(i)) : numbers(vectors.get(i)));
        }
        out.flush();
    }

    private static String numbers(float[] vector) {
        StringBuilder line = new StringBuilder();
        for (float element : vector) {
            line.append(line.isEmpty() ? "" : " ").append(element);
        }
        return line.toString();
    }

    /** Elements with the digits that a float has, not those of the double nearby. */
    private static String object(String text, float[] vector) {
        JsonArrayBuilder elements = Json.createArrayBuilder();
        for (float element : vector) {
            elements.add(new BigDecimal(Float.toString(element)));
        }
        return Json.createObjectBuilder().add("text", text).add("vector", elements).build().toString();
    }
}
