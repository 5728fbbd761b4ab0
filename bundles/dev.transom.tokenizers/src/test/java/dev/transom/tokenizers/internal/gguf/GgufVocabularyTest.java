package dev.transom.tokenizers.internal.gguf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.transom.api.TransomException;
import dev.transom.api.config.Config;
import dev.transom.api.tokenizer.EncodeOptions;
import dev.transom.api.tokenizer.SpecialRole;
import dev.transom.api.tokenizer.Tokenizer;
import dev.transom.tokenizers.internal.format.JsonFile;
import dev.transom.tokenizers.internal.format.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GgufVocabularyTest {

    private static final Path GOLDEN =
            Path.of(System.getProperty("transom.golden", "src/test/resources/golden")).resolve("formats/gguf");

    @ParameterizedTest
    @ValueSource(strings = {"tokenizer-tiny-llama-spm.json", "tokenizer-tiny-llama-gpt2.json"})
    void givesTheIdsOfLlamaCpp(String name) throws Exception {
        try (InputStream in = Files.newInputStream(GOLDEN.resolve(name))) {
            JsonNode expected = JsonFile.read(name, in, JsonFile::tree);
            Config metadata = GgufMetadata.read(GOLDEN.resolve(expected.get("file").string()));
            for (boolean parseSpecial : new boolean[] {true, false}) {
                Tokenizer tokenizer = GgufVocabulary.read(name, metadata, parseSpecial);
                for (JsonNode one : expected.get("cases").list()) {
                    if (one.bool("parse_special", true) == parseSpecial) {
                        check(tokenizer, one);
                    }
                }
            }
        }
    }

    private static void check(Tokenizer tokenizer, JsonNode expected) {
        String text = expected.get("text").string();
        int[] ids = expected.get("ids").list().stream().mapToInt(JsonNode::integer).toArray();
        assertArrayEquals(ids, tokenizer.encode(text, EncodeOptions.PLAIN).ids(), text);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int id : ids) {
            bytes.writeBytes(tokenizer.tokenBytes(id));
        }
        assertEquals(expected.get("detokenized").string(), bytes.toString(StandardCharsets.UTF_8));
    }

    /** Words by hand: "hello" needs h, e, l, l, o, he, ll, hell, hello; of two ways the better score wins. */
    @Test
    void joinsTheBestScoredNeighboursFirst() {
        Map<String, Object> metadata = vocabulary("llama", "<unk>", "<s>", "</s>", "▁", "a", "b", "c", "ab", "bc", "▁a");
        metadata.put("tokenizer.ggml.scores", List.of(0.0, 0.0, 0.0, -9.0, -9.0, -9.0, -9.0, -3.0, -2.0, -4.0));
        metadata.put("tokenizer.ggml.token_type", List.of(2L, 3L, 3L, 1L, 1L, 1L, 1L, 1L, 1L, 1L));
        Tokenizer tokenizer = new GgufVocabulary().read("x.gguf", new Config("x.gguf", metadata));
        // bc (-2) before ab (-3), then ▁a (-4).
        assertEquals(List.of("<s>", "▁a", "bc"), tokenizer.encode("abc", EncodeOptions.WITH_SPECIAL_TOKENS).tokens());
        // Nothing here stands for x, not even bytes.
        assertEquals(List.of(9, 0), ids(tokenizer, "axx"));
        assertEquals(2, tokenizer.special(SpecialRole.END).getAsInt());
        assertEquals("abc", tokenizer.decode(new int[] {1, 9, 8}, true));
    }

    @Test
    void cutsBertWordsThatStartWithAVisibleSpace() {
        Map<String, Object> metadata = vocabulary("bert", "[PAD]", "[UNK]", "[CLS]", "[SEP]", "▁play", "ing", "▁the", "▁.", "ed");
        metadata.put("tokenizer.ggml.token_type", List.of(3L, 3L, 3L, 3L, 1L, 1L, 1L, 1L, 1L));
        metadata.put("tokenizer.ggml.bos_token_id", 2L);
        metadata.put("tokenizer.ggml.seperator_token_id", 3L);
        metadata.put("tokenizer.ggml.unknown_token_id", 1L);
        Tokenizer tokenizer = new GgufVocabulary().read("x.gguf", new Config("x.gguf", metadata));
        assertEquals(List.of("[CLS]", "▁the", "▁play", "ing", "[UNK]", "▁.", "[SEP]"),
                tokenizer.encode("The PLAYING dog.", EncodeOptions.WITH_SPECIAL_TOKENS).tokens());
        assertEquals("the playing", tokenizer.decode(new int[] {2, 6, 4, 5, 3}, true));
    }

    @Test
    void findsTheMostLikelyWayThroughUnigrams() {
        Map<String, Object> metadata = vocabulary("t5", "<pad>", "</s>", "<unk>", "▁", "▁a", "b", "ab", "▁ab");
        metadata.put("tokenizer.ggml.scores", List.of(0.0, 0.0, 0.0, -2.0, -3.0, -2.0, -2.5, -6.0));
        metadata.put("tokenizer.ggml.token_type", List.of(3L, 3L, 2L, 1L, 1L, 1L, 1L, 1L));
        metadata.put("tokenizer.ggml.add_space_prefix", true);
        metadata.put("tokenizer.ggml.remove_extra_whitespaces", true);
        Tokenizer tokenizer = new GgufVocabulary().read("x.gguf", new Config("x.gguf", metadata));
        // ▁ + ab is -4.5, ▁a + b is -5, ▁ab is -6.
        assertEquals(List.of("▁", "ab", "▁a", "</s>"), tokenizer.encode("  ab  a ", EncodeOptions.WITH_SPECIAL_TOKENS).tokens());
        assertEquals("ab a", tokenizer.decode(new int[] {3, 6, 4, 1}, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "llama-bpe", "gpt-2", "qwen2", "deepseek-llm", "deepseek-coder", "deepseek-v3", "falcon", "starcoder",
            "phi-2", "smollm", "tekken", "gpt-4o", "llama4", "glm4", "superbpe", "bloom", "viking", "chameleon", "tiny_aya", "qwen35"})
    void cutsWithEveryNamedPreTokenizerWithoutLosingAnything(String name) {
        Tokenizer tokenizer = bytePairs(name);
        String text = "I'll pay 1234567 €; naïve\n\n  now, 今天 ok?  ";
        assertEquals(text, tokenizer.decode(tokenizer.encode(text, EncodeOptions.PLAIN).ids(), false));
    }

    /** The tokens are any number of ones; merging goes from left to right. */
    @Test
    void cutsNumbersAsThePreTokenizerSays() {
        assertEquals(List.of("1", "1", "1", "1"), ones("qwen2"));
        assertEquals(List.of("111", "1"), ones("llama-bpe"));
        assertEquals(List.of("11", "11"), ones("gpt-2"));
    }

    private static List<String> ones(String pre) {
        return bytePairs(pre).encode("1111", EncodeOptions.PLAIN).tokens();
    }

    private static Tokenizer bytePairs(String pre) {
        List<String> bytes = IntStream.range(0, 256).mapToObj(b -> String.valueOf(
                dev.transom.tokenizers.internal.text.BytesAsCharacters.of(b))).collect(Collectors.toList());
        bytes.addAll(List.of("11", "111", "1111"));
        Map<String, Object> metadata = vocabulary("gpt2", bytes.toArray(String[]::new));
        metadata.put("tokenizer.ggml.pre", pre);
        metadata.put("tokenizer.ggml.merges", List.of("1 1", "11 1", "111 1", "not known"));
        metadata.put("tokenizer.ggml.add_bos_token", false);
        return new GgufVocabulary().read("x.gguf", new Config("x.gguf", metadata));
    }

    @Test
    void namesWhatItDoesNotKnow() {
        assertEquals("x.gguf: tokenizer.ggml.model must be llama, gpt2, gemma4, bert or t5; got \"rwkv\". Use the model's Hugging Face folder.",
                refusal(vocabulary("rwkv", "a")));
        Map<String, Object> pre = vocabulary("gpt2", "a");
        pre.put("tokenizer.ggml.pre", "my-own");
        assertEquals("x.gguf: tokenizer.ggml.pre must name a known pre-tokenizer; got \"my-own\". Use the model's Hugging Face folder.",
                refusal(pre));
        Map<String, Object> scores = vocabulary("llama", "a", "b");
        scores.put("tokenizer.ggml.scores", List.of(1.0));
        assertEquals("x.gguf: tokenizer.ggml.scores must be as long as the list of 2 tokens; got a list of 1.", refusal(scores));
        assertEquals("x.gguf: tokenizer.ggml.tokens must be a list of texts; got none.", refusal(vocabulary("llama")));
        assertEquals("x.gguf: tokenizer.ggml.merges must be a list of texts; got none.", refusal(vocabulary("gpt2", "a")));
    }

    private static String refusal(Map<String, Object> metadata) {
        return assertThrows(TransomException.class,
                () -> new GgufVocabulary().read("x.gguf", new Config("x.gguf", metadata))).getMessage();
    }

    private static Map<String, Object> vocabulary(String model, String... tokens) {
        Map<String, Object> metadata = new HashMap<>();
        metadata.put("tokenizer.ggml.model", model);
        metadata.put("tokenizer.ggml.tokens", List.of(tokens));
        return metadata;
    }

    private static List<Integer> ids(Tokenizer tokenizer, String text) {
        return IntStream.of(tokenizer.encode(text, EncodeOptions.PLAIN).ids()).boxed().toList();
    }
}
