package dev.transom.tokenizers.internal;

import dev.transom.api.TransomException;
import dev.transom.api.capability.ProvidesKit;
import dev.transom.api.conformance.CaseKit;
import dev.transom.api.tokenizer.TokenizerFormat;
import dev.transom.tokenizers.internal.format.JsonFile;
import dev.transom.tokenizers.internal.format.JsonNode;
import dev.transom.tokenizers.internal.format.TokenizerJsonFormat;
import dev.transom.tokenizers.internal.sentencepiece.SentencePieceFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Component;

/**
 * Judges cases of kind {@code tokenizer}: texts with their ids, offsets and decoded forms, pairs, truncation, padding.
 * The difference of an item is the number of its texts that differ.
 */
@Component(service = CaseKit.class)
@ProvidesKit(name = "tokenizer")
public final class TokenizerCases implements CaseKit {

    /** How a case names a file that does not lie beside it: the model folder that holds it. */
    private static final Pattern MODEL_FOLDER = Pattern.compile("name ([\\w.-]+)");

    @Override
    public List<String> kinds() {
        return List.of("tokenizer");
    }

    @Override
    public void judge(Path file, Options options, Consumer<Verdict> report) {
        Path folder = file.toAbsolutePath().getParent();
        String name = folder.getFileName().toString();
        report.accept(verdict(file, name, options));
    }

    private static Verdict verdict(Path file, String name, Options options) {
        try (InputStream in = Files.newInputStream(file)) {
            JsonNode expected = JsonFile.read(file.toString(), in, JsonFile::tree);
            String tokenizer = expected.get("tokenizer").string();
            Matcher folder = MODEL_FOLDER.matcher(tokenizer);
            if (!folder.find()) {
                return judged(name, file.resolveSibling(tokenizer), expected);
            }
            if (options.models().isEmpty()) {
                return new Missing(name, "model folder " + folder.group(1) + "; --models says where models lie");
            }
            Path source = options.models().get().resolve(folder.group(1)).resolve("tokenizer.json");
            return Files.isRegularFile(source) ? judged(name, source, expected) : new Missing(name,
                    "model folder " + folder.group(1) + " in " + options.models().get() + "; fetch it there");
        } catch (IOException e) {
            return new Broken(name, file + ": the case must be readable; " + e.getMessage() + ".");
        } catch (TransomException e) {
            return new Broken(name, e.getMessage());
        }
    }

    private static Verdict judged(String name, Path source, JsonNode expected) {
        for (TokenizerFormat format : List.of(new TokenizerJsonFormat(), new SentencePieceFormat())) {
            if (format.accepts(source)) {
                return new Judged(name, TokenizerComparison.compare(format.read(source), expected), List.of());
            }
        }
        return new Missing(name, "tokenizer format " + source.getFileName());
    }
}
