package dev.transom.tokenizers.internal.sentencepiece;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.TransomException;
import dev.transom.api.tokenizer.EncodeOptions;
import dev.transom.api.tokenizer.SpecialRole;
import dev.transom.api.tokenizer.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The golden cases are in TokenizerCasesTest; here is what they do not show. */
class SentencePieceFormatTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden/tokenizers/own/sentencepiece-bpe/tokenizer.model");
    private static final int BPE = 2;

    @Test
    void recognisesControlPiecesInTextsOnlyWhenAConfigurationNamesThem(@TempDir Path folder) throws Exception {
        Files.copy(GOLDEN, folder.resolve("tokenizer.model"));
        SentencePieceFormat format = new SentencePieceFormat();
        Tokenizer alone = format.read(folder);
        assertTrue(alone.encode("</s>", EncodeOptions.WITH_SPECIAL_TOKENS).length() > 3);
        assertEquals(2, alone.special(SpecialRole.END).getAsInt());
        assertTrue(alone.isSpecial(2));
        Files.writeString(folder.resolve("tokenizer_config.json"), """
            {"tokenizer_class": "LlamaTokenizer", "bos_token": "<s>", "eos_token": "</s>",
             "added_tokens_decoder": {"2": {"content": "</s>", "special": true}, "856": {"content": "<new>", "special": false}}}""");
        Tokenizer configured = format.read(folder);
        assertEquals(List.of("<s>", "▁A", "</s>", "<new>"), configured.encode("A</s><new>", EncodeOptions.WITH_SPECIAL_TOKENS).tokens());
        assertEquals(856, configured.id("<new>").getAsInt());
    }

    @Test
    void putsNoSpaceBehindAddedTokensUnlessTheFolderIsLegacy() throws Exception {
        byte[] model = Files.readAllBytes(GOLDEN);
        String config = "{\"legacy\": LEGACY, \"added_tokens_decoder\": {\"2\": {\"content\": \"</s>\", \"special\": true}}}";
        assertEquals(List.of("</s>", "▁A"), tokens(model, config.replace("LEGACY", "true"), "</s>A"));
        assertEquals(List.of("</s>", "A"), tokens(model, config.replace("LEGACY", "false"), "</s>A"));
    }

    private static List<String> tokens(byte[] model, String config, String text) {
        return new SentencePieceFormat().read("m.model", model, Optional.of(config.getBytes(StandardCharsets.UTF_8)))
                .encode(text, EncodeOptions.PLAIN).tokens();
    }

    /** "ab" is unused: it is made on the way to "abc", and taken apart where it stays alone. */
    @Test
    void takesUnusedPiecesApart() {
        byte[] model = model(BPE, piece("<unk>", 0, 2), piece("▁", -9, 1), piece("a", -9, 1), piece("b", -9, 1), piece("c", -9, 1),
                piece("ab", -1, 5), piece("abc", -2, 1));
        Tokenizer tokenizer = new SentencePieceFormat().read("m.model", model, Optional.empty());
        assertEquals(List.of("▁", "abc", "▁", "a", "b"), tokenizer.encode("abc ab", EncodeOptions.PLAIN).tokens());
        assertEquals("abc ab", tokenizer.decode(tokenizer.encode("abc ab", EncodeOptions.PLAIN).ids(), false));
        assertEquals(List.of("▁", "xyz"), tokenizer.encode("xyz", EncodeOptions.PLAIN).tokens());
    }

    @Test
    void namesWhatIsWrongWithAFile() {
        assertEquals("m.model: one piece must be the unknown one; none of 1 is. Download the file again, or add the model's tokenizer.json.",
                refusal(model(BPE, piece("a", 0, 1))));
        assertEquals("m.model: every piece must be there once; \"a\" comes again as piece 1. Download the file again.",
                refusal(model(BPE, piece("a", 0, 2), piece("a", 0, 1))));
        assertEquals("m.model: the type of a SentencePiece model must be unigram (1) or bpe (2); got 4. Add the model's tokenizer.json.",
                refusal(model(4, piece("a", 0, 2))));
        assertEquals("m.model: a piece must have a text, a finite score and a type from 1 to 6; piece 0 has \"a\", NaN, 1. "
                + "Download the file again.", refusal(model(BPE, piece("a", Float.NaN, 1))));
        byte[] cut = model(BPE, piece("<unk>", 0, 2));
        cut[1] = 100;
        assertEquals("m.model: the file must be a SentencePiece model; field 1 says 100 bytes, 18 are left. Download it again, or add "
                + "the model's tokenizer.json.", refusal(cut));
        assertTrue(refusal("IQ== 0\nIg== 1\n".getBytes(StandardCharsets.UTF_8)).endsWith("add the model's tokenizer.json."));
        assertEquals("m.model (configuration): tokenizer_class must be one whose ids are those of its .model file (add the model's "
                + "tokenizer.json); got \"XLMRobertaTokenizer\".", assertThrows(TransomException.class,
                () -> tokens(model(BPE, piece("a", 0, 2)), "{\"tokenizer_class\": \"XLMRobertaTokenizer\"}", "a")).getMessage());
    }

    private static String refusal(byte[] model) {
        return assertThrows(TransomException.class,
                () -> new SentencePieceFormat().read("m.model", model, Optional.empty())).getMessage();
    }

    private static byte[] piece(String text, float score, int kind) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer piece = ByteBuffer.allocate(2 + 2 + utf8.length + 5 + 2).order(ByteOrder.LITTLE_ENDIAN);
        piece.put((byte) 0x0a).put((byte) (utf8.length + 9)).put((byte) 0x0a).put((byte) utf8.length).put(utf8);
        return piece.put((byte) 0x15).putFloat(score).put((byte) 0x18).put((byte) kind).array();
    }

    private static byte[] model(int type, byte[]... pieces) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            file.writeBytes(piece);
        }
        file.writeBytes(new byte[] {0x12, 2, 0x18, (byte) type});
        return file.toByteArray();
    }
}
