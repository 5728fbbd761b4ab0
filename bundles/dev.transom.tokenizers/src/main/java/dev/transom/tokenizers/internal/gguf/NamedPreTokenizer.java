package dev.transom.tokenizers.internal.gguf;

import dev.transom.api.TransomException;
import dev.transom.tokenizers.internal.pretokenizer.PreTokenizer;
import dev.transom.tokenizers.internal.text.PreTokenizedText;
import dev.transom.tokenizers.internal.text.Quoted;
import dev.transom.tokenizers.internal.text.RegexPattern;
import dev.transom.tokenizers.internal.text.SplitBehavior;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The way of cutting texts that {@code tokenizer.ggml.pre} names; {@code pretokenizers.txt} lists them.
 *
 * @param cutting splits by each expression in turn
 * @param ignoresMerges a piece that is a token as a whole is that token
 * @param addsBegin the begin token stands before texts unless the file says otherwise
 */
record NamedPreTokenizer(PreTokenizer cutting, boolean ignoresMerges, boolean addsBegin) implements PreTokenizer {

    private static final String TABLE = "pretokenizers.txt";

    static NamedPreTokenizer of(GgufTokens tokens) {
        String name = tokens.text("pre").orElse("default");
        String options = null;
        List<String> lines = table();
        int at = 0;
        for (; at < lines.size() && options == null; at++) {
            String line = lines.get(at);
            if (line.startsWith(":")) {
                int bracket = line.indexOf(" [");
                String names = bracket < 0 ? line.substring(1) : line.substring(1, bracket);
                options = List.of(names.split(" ")).contains(name) ? line.substring(names.length() + 1) : null;
            }
        }
        if (options == null) {
            throw new TransomException(tokens.where() + ": " + GgufTokens.PREFIX + "pre must name a known pre-tokenizer; got "
                    + Quoted.of(name) + ". Use the model's Hugging Face folder.");
        }
        PreTokenizer cutting = PreTokenizer.sequence(lines.subList(at, lines.size()).stream().takeWhile(line -> !line.startsWith(":"))
                .filter(line -> !line.isEmpty()).map(NamedPreTokenizer::splitting).toList());
        return new NamedPreTokenizer(cutting, options.contains("ignore-merges"), options.contains("add-bos"));
    }

    /** Cuts before and after line ends only. */
    static PreTokenizer lines() {
        return splitting("[^\\n]+|[\\n]+");
    }

    private static PreTokenizer splitting(String expression) {
        return PreTokenizer.split(new RegexPattern(GgufTokens.PREFIX + "pre", expression), SplitBehavior.ISOLATED);
    }

    private static List<String> table() {
        try (InputStream in = NamedPreTokenizer.class.getResourceAsStream(TABLE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#")).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(TABLE, unreadable);
        }
    }

    @Override
    public void preTokenize(PreTokenizedText text) {
        cutting.preTokenize(text);
    }
}
