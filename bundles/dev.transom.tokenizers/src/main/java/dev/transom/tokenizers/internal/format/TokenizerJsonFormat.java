package dev.transom.tokenizers.internal.format;

import dev.transom.api.TransomException;
import dev.transom.api.capability.ProvidesFormat;
import dev.transom.api.tokenizer.SpecialRole;
import dev.transom.api.tokenizer.Tokenizer;
import dev.transom.api.tokenizer.TokenizerFormat;
import dev.transom.tokenizers.internal.PipelineTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/** The format of the {@code tokenizers} library: tokenizer.json, with the roles of tokenizer_config.json beside it. */
@Component(service = TokenizerFormat.class, property = "name=tokenizer.json")
@ProvidesFormat(name = "tokenizer.json")
public final class TokenizerJsonFormat implements TokenizerFormat {

    private static final String FILE = "tokenizer.json";
    /** Later files win: the map is the older of the two. */
    private static final String[] ROLE_FILES = {"special_tokens_map.json", "tokenizer_config.json"};

    @Override
    public String name() {
        return FILE;
    }

    @Override
    public boolean accepts(Path folderOrFile) {
        return Files.isRegularFile(file(folderOrFile)) && file(folderOrFile).toString().endsWith(".json");
    }

    private static Path file(Path folderOrFile) {
        return Files.isDirectory(folderOrFile) ? folderOrFile.resolve(FILE) : folderOrFile;
    }

    @Override
    public Tokenizer read(Path folderOrFile) {
        Path file = file(folderOrFile);
        if (!Files.isRegularFile(file)) {
            throw new TransomException(folderOrFile + ": a tokenizer needs a file " + FILE + "; there is none. Give the "
                    + "folder of a model, or the file.");
        }
        Map<SpecialRole, String> roles = new EnumMap<>(SpecialRole.class);
        for (String name : ROLE_FILES) {
            Path beside = file.resolveSibling(name);
            if (Files.isRegularFile(beside)) {
                try (InputStream in = Files.newInputStream(beside)) {
                    roles.putAll(JsonFile.read(beside.toString(), in, PipelineReader::roles));
                } catch (IOException e) {
                    throw unreadable(beside, e);
                }
            }
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(file.toString(), in, roles);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static TransomException unreadable(Path file, IOException e) {
        return new TransomException(file + ": the file must be readable; " + e.getMessage() + ".", e);
    }

    @Override
    public Tokenizer read(String where, byte[] content, Optional<byte[]> configuration) {
        Map<SpecialRole, String> roles = configuration
                .map(bytes -> JsonFile.read(where + " (configuration)", new ByteArrayInputStream(bytes), PipelineReader::roles))
                .orElse(Map.of());
        return read(where, new ByteArrayInputStream(content), roles);
    }

    private static Tokenizer read(String where, InputStream in, Map<SpecialRole, String> roles) {
        return new PipelineTokenizer(JsonFile.read(where, in, file -> PipelineReader.read(file, roles)));
    }
}
