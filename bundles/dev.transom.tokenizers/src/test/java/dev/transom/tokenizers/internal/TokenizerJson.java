package dev.transom.tokenizers.internal;

import dev.transom.api.tokenizer.EncodeOptions;
import dev.transom.api.tokenizer.Tokenizer;
import dev.transom.tokenizers.internal.format.TokenizerJsonFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Tokenizers for tests. */
public final class TokenizerJson {

    private TokenizerJson() {}

    /** Reads tokenizer.json from a string. */
    public static Tokenizer read(String json) {
        return new TokenizerJsonFormat().read("tokenizer.json", json.getBytes(StandardCharsets.UTF_8), Optional.empty());
    }

    /** One of the golden tokenizers. */
    public static String golden(String name) {
        try {
            return Files.readString(Path.of("src/test/resources/golden/tokenizers/own", name, "tokenizer.json"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The text's own ids. */
    public static int[] ids(Tokenizer tokenizer, String text) {
        return tokenizer.encode(text, EncodeOptions.PLAIN).ids();
    }
}
