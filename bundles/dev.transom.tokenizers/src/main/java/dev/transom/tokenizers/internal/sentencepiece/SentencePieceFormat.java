package dev.transom.tokenizers.internal.sentencepiece;

import dev.transom.api.TransomException;
import dev.transom.api.capability.ProvidesFormat;
import dev.transom.api.tokenizer.Tokenizer;
import dev.transom.api.tokenizer.TokenizerFormat;
import dev.transom.tokenizers.internal.PipelineTokenizer;
import dev.transom.tokenizers.internal.format.TokenizerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/** SentencePiece's {@code .model} files, with the added tokens and roles of tokenizer_config.json beside them. */
@Component(service = TokenizerFormat.class, property = "name=tokenizer.model")
@ProvidesFormat(name = "tokenizer.model")
public final class SentencePieceFormat implements TokenizerFormat {

    private static final List<String> FILES = List.of("tokenizer.model", "spiece.model");
    private static final String CONFIG = "tokenizer_config.json";

    @Override
    public String name() {
        return FILES.getFirst();
    }

    @Override
    public boolean accepts(Path folderOrFile) {
        return file(folderOrFile).isPresent();
    }

    private static Optional<Path> file(Path folderOrFile) {
        if (Files.isDirectory(folderOrFile)) {
            return FILES.stream().map(folderOrFile::resolve).filter(Files::isRegularFile).findFirst();
        }
        return Optional.of(folderOrFile).filter(file -> Files.isRegularFile(file) && file.toString().endsWith(".model"));
    }

    @Override
    public Tokenizer read(Path folderOrFile) {
        Path file = file(folderOrFile).orElseThrow(() -> new TransomException(folderOrFile + ": a SentencePiece tokenizer needs a "
                + "file tokenizer.model; there is none. Give the folder of a model, or the file."));
        try {
            Path beside = file.resolveSibling(CONFIG);
            return read(file.toString(), Files.readAllBytes(file),
                    Files.isRegularFile(beside) ? Optional.of(Files.readAllBytes(beside)) : Optional.empty());
        } catch (IOException e) {
            throw new TransomException(file + ": the file must be readable; " + e.getMessage() + ".", e);
        }
    }

    @Override
    public Tokenizer read(String where, byte[] content, Optional<byte[]> configuration) {
        SentencePieceFile file = new SentencePieceFile(where, content);
        TokenizerConfig config = configuration.map(bytes -> TokenizerConfig.read(where + " (configuration)", bytes))
                .orElse(TokenizerConfig.NONE);
        return new PipelineTokenizer(new SentencePiecePipeline(where, file, config).pipeline());
    }
}
