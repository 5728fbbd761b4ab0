package dev.transom.tokenizers.internal.gguf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.transom.api.config.Config;
import dev.transom.api.tokenizer.EncodeOptions;
import dev.transom.api.tokenizer.Tokenizer;
import dev.transom.tokenizers.internal.format.TokenizerJsonFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Vocabularies of real files beside the tokenizer.json of the same family; {@code -Dtransom.models=DIR}. */
@EnabledIfSystemProperty(named = "transom.models", matches = ".+")
class GgufModelTest {

    private static final String TEXT = """
        The quick brown fox; l'été à Zürich.  Two  spaces,\ttab\n\n\nfn main() { println!("{}", 12345.678); }
        今天天气很好。🙂👩‍👩‍👧 <|im_start|>user\n don't DON'T   end<end_of_turn> <table>""";

    @Test
    void gemmaAgrees() throws Exception {
        agree("gemma3-270m/gemma-3-270m-q4_k_m.gguf", "tokenizer-gemma3");
    }

    @Test
    void qwenAgrees() throws Exception {
        agree("qwen2.5-coder-0.5b-instruct/qwen2.5-coder-0.5b-instruct-q4_k_m.gguf", "tokenizer-qwen3");
    }

    private static void agree(String gguf, String folder) throws Exception {
        Path models = Path.of(System.getProperty("transom.models"));
        Config metadata = GgufMetadata.read(models.resolve(gguf));
        Tokenizer tokenizer = new GgufVocabulary().read(gguf, metadata);
        Tokenizer expected = new TokenizerJsonFormat().read(models.resolve(folder));
        String text = TEXT + Files.readString(Path.of("README.md"));
        int[] ids = tokenizer.encode(text, EncodeOptions.PLAIN).ids();
        int[] wanted = expected.encode(text, EncodeOptions.PLAIN).ids();
        int at = Arrays.mismatch(ids, wanted);
        assertEquals(-1, at, () -> "at " + at);
        assertEquals(text, tokenizer.decode(ids, false));
    }
}
