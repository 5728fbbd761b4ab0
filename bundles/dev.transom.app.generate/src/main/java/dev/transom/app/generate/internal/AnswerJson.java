package dev.transom.app.generate.internal;

import dev.transom.api.engine.Engine;
import dev.transom.api.engine.Generation;
import dev.transom.api.engine.Generation.Token;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** An answer as one JSON object for machines. */
final class AnswerJson {

    private AnswerJson() {
    }

    static JsonObject of(Engine engine, long seed, String prompt, Answer answer, boolean logProbs) {
        JsonArrayBuilder tokens = Json.createArrayBuilder();
        answer.tokens().forEach(token -> tokens.add(token(token, logProbs)));
        return Json.createObjectBuilder()
            .add("model", engine.model().reference())
            .add("architecture", engine.model().architecture())
            .add("backend", engine.backend())
            .add("seed", seed)
            .add("prompt", prompt)
            .add("text", answer.text())
            .add("finish", word(answer.finish()))
            .add("tokens", tokens)
            .add("tokens_per_second", number(answer.tokensPerSecond()))
            .add("first_token_ms", number(answer.firstNanos() * 1e-6))
            .build();
    }

    /** As other programs spell it: stop_id, stop_string, length, … */
    static String word(Generation.Finish finish) {
        return finish.name().toLowerCase(Locale.ROOT);
    }

    private static JsonObjectBuilder token(Token token, boolean logProbs) {
        JsonObjectBuilder object = Json.createObjectBuilder().add("id", token.id()).add("text", token.text());
        if (logProbs) {
            object.add("log_prob", (double) token.logProb());
            JsonArrayBuilder top = Json.createArrayBuilder();
            token.top().forEach(one -> top.add(Json.createObjectBuilder().add("id", one.id()).add("log_prob", finite(one.logProb()))));
            object.add("top", top);
        }
        return object;
    }

    /** JSON has no infinity; no probability at all is the least number. */
    private static double finite(float logProb) {
        return Math.max(logProb, -Float.MAX_VALUE);
    }

    private static BigDecimal number(double value) {
        return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP);
    }
}
