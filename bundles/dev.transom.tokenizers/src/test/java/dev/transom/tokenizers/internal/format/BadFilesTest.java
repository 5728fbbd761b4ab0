package dev.transom.tokenizers.internal.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.TransomException;
import dev.transom.tokenizers.internal.TokenizerJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadFilesTest {

    private static final String MODEL = "{'type': 'WordLevel', 'vocab': {'a': 0, '<unk>': 1}, 'unk_token': '<unk>'}";

    /** Single quotes stand for double ones. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {}                                                  | model must be an object; got null.
        []                                                  | the file must be an object; got a list of 0.
        {'model': 3}                                        | model must be an object; got 3.
        {'model': {'type': 'BPE'}}                          | model.vocab must be an object of tokens and ids; got null.
        {'model': {'type': 'BPE', 'vocab': {}}}             | model.merges must be a list; got null.
        {'model': {'type': 'BPE', 'vocab': {}, 'merges': ['a']}} | model.merges[0] must be two tokens parted by one space; got "a".
        {'model': {'type': 'BPE', 'vocab': {'a': 0, 'b': 1}, 'merges': ['a b']}} | model: every merge must join and make tokens of the vocabulary; merge 0 needs "ab", which is not there.
        {'model': {'type': 'WordLevel', 'vocab': {'a': -1}}}| model.vocab.a must be an integer from 0 to 2147483647; got -1.
        {'model': {'type': 'WordLevel', 'vocab': {'a': 1.5}}} | model.vocab.a must be an integer from 0 to 2147483647; got 1.5.
        {'model': {'type': 'Unigram', 'vocab': [['a']]}}    | model.vocab[0] must be a token and its score; got a list of 1.
        {'model': {'type': 'Unigram', 'vocab': [['a', -1]], 'unk_id': 7}} | model.unk_id must be below the vocabulary's size 1; got 7.
        {'model': {'type': 'Other', 'vocab': {}}}           | model.type must be BPE, WordPiece, WordLevel or Unigram; got "Other".
        {'version': '2.0', 'model': MODEL}                  | version must be 1.0; got "2.0".
        {'added_tokens': {'a': 1}, 'model': MODEL}          | added_tokens must be a list; got an object of 1 keys.
        {'added_tokens': [{'id': 1}], 'model': MODEL}       | added_tokens[0].content must be a string; got null.
        {'normalizer': {'type': 'Upper'}, 'model': MODEL}   | normalizer.type must be a known normalizer; got "Upper".
        {'normalizer': {'type': 'Precompiled', 'precompiled_charsmap': '*'}, 'model': MODEL} | normalizer.precompiled_charsmap must be in base 64; got "*".
        {'pre_tokenizer': {'type': 'Split', 'pattern': {'Regex': '(a'}, 'behavior': 'Isolated'}, 'model': MODEL} | pre_tokenizer.pattern.Regex: the regular expression must be well formed; "(a": Unclosed group.
        {'pre_tokenizer': {'type': 'Split', 'pattern': {'Regex': '(?:(?:){1000}){1000}'}, 'behavior': 'Isolated'}, 'model': MODEL} | pre_tokenizer.pattern.Regex: the regular expression must do without as many repetitions as {1000} makes, which has no counterpart here; got "(?:(?:){1000}){1000}".
        {'post_processor': {'type': 'BertProcessing', 'cls': ['a', 0]}, 'model': MODEL} | post_processor.sep must be a list; got null.
        {'decoder': 'ByteLevel', 'model': MODEL}            | decoder must be an object; got "ByteLevel".
        {'padding': {'strategy': {'Fixed': -4}}, 'model': MODEL} | padding.strategy.Fixed must be an integer from 0 to 2147483647; got -4.
        """)
    void namesThePlaceTheRuleAndWhatCame(String json, String sentence) {
        assertEquals("tokenizer.json: " + sentence, refusal(json.replace("MODEL", MODEL).replace('\'', '"')));
    }

    @Test
    void namesTwoTokensOfOneId() {
        String sentence = refusal("{\"model\": {\"type\": \"WordLevel\", \"vocab\": {\"a\": 5, \"b\": 5}}}");
        assertTrue(sentence.matches("tokenizer.json: model.vocab: every token must have an id of its own; "
                + "\"[ab]\" and \"[ab]\" both have 5\\."), sentence);
    }

    @Test
    void refusesAFileThatEndsTooEarly() {
        String good = TokenizerJson.golden("wordpiece");
        assertTrue(refusal(good.substring(0, good.length() / 2)).startsWith(
                "tokenizer.json: the file must be well-formed JSON in UTF-8; "));
        assertTrue(refusal("").startsWith("tokenizer.json: the file must be well-formed JSON in UTF-8; "));
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        byte[] bytes = "{\"model\": {\"vocab\": {\"?\": 0}}}".getBytes(StandardCharsets.ISO_8859_1);
        bytes[22] = (byte) 0xe9;
        String sentence = assertThrows(TransomException.class,
                () -> new TokenizerJsonFormat().read("tokenizer.json", bytes, Optional.empty())).getMessage();
        assertTrue(sentence.startsWith("tokenizer.json: the file must be well-formed JSON in UTF-8; "), sentence);
    }

    @Test
    void refusesNestingThatWouldEndTheStack() {
        String sentence = "tokenizer.json: values must not be nested deeper than 64; they are.";
        assertEquals(sentence, refusal("[".repeat(1_000_000)));
        assertEquals(sentence, refusal("{\"normalizer\": " + "{\"a\": ".repeat(1_000_000)));
        assertEquals(sentence, refusal("{\"model\": {\"vocab\": {\"a\": " + "[".repeat(1_000_000)));
        assertTrue(refusal("{\"pre_tokenizer\": {\"type\": \"Split\", \"behavior\": \"Removed\", \"pattern\": {\"Regex\": \""
                + "(".repeat(100_000) + "\"}}, \"model\": " + MODEL.replace('\'', '"') + "}")
                .startsWith("tokenizer.json: pre_tokenizer.pattern.Regex: the regular expression must "));
    }

    /** A merge with nothing would make its own part again; the merges of a text come to an end all the same. */
    @Test
    void mergesThatMakeTheirOwnPartsComeToAnEnd() {
        var tokenizer = TokenizerJson.read("""
            {"model": {"type": "BPE", "continuing_subword_prefix": "#", "vocab": {"": 0, "a": 1, "#": 2, "#a": 3, "aa": 4},
             "merges": [["a", "#"], ["", "a"], ["a", "#a"], ["aa", "#"]]}}""");
        assertArrayEquals(new int[] {4, 3}, TokenizerJson.ids(tokenizer, "aaa"));
    }

    @Test
    void refusesRulesThatLetATextGrowWithoutEnd() {
        String doubling = "{\"type\": \"Replace\", \"pattern\": {\"String\": \"a\"}, \"content\": \"" + "a".repeat(1000) + "\"},";
        var tokenizer = TokenizerJson.read("{\"normalizer\": {\"type\": \"Sequence\", \"normalizers\": [" + doubling.repeat(5)
                + "{\"type\": \"NFC\"}]}, \"model\": " + MODEL.replace('\'', '"') + "}");
        assertEquals("normalizer: a text must not grow beyond 1000064 characters; its rules make it longer. Use another tokenizer.",
                assertThrows(TransomException.class, () -> TokenizerJson.ids(tokenizer, "a")).getMessage());
    }

    @Test
    void refusesAnExpressionThatBacktracksWithoutBound() {
        var tokenizer = TokenizerJson.read("{\"pre_tokenizer\": {\"type\": \"Split\", \"behavior\": \"Removed\", \"pattern\": "
                + "{\"Regex\": \"(x+)+\\\\1y\"}}, \"model\": " + MODEL.replace('\'', '"') + "}");
        String sentence = assertThrows(TransomException.class,
                () -> TokenizerJson.ids(tokenizer, "x".repeat(60))).getMessage();
        assertEquals("tokenizer.json: pre_tokenizer.pattern.Regex: the regular expression must not backtrack without bound; "
                + "\"(x+)+\\1y\" does on a text of 60 characters. Shorten the text.", sentence);
    }

    @Test
    void saysWhatAFolderWithoutTokenizerLacks(@TempDir Path folder) {
        assertEquals(folder + ": a tokenizer needs a file tokenizer.json; there is none. Give the folder of a model, or the file.",
                assertThrows(TransomException.class, () -> new TokenizerJsonFormat().read(folder)).getMessage());
    }

    @Test
    void namesABadFileBesideTheTokenizer(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": " + MODEL.replace('\'', '"') + "}");
        Path beside = Files.writeString(folder.resolve("tokenizer_config.json"), "{\"eos_token\": 5}");
        assertEquals(beside + ": eos_token must be an object; got 5.",
                assertThrows(TransomException.class, () -> new TokenizerJsonFormat().read(folder)).getMessage());
    }

    private static String refusal(String json) {
        return assertThrows(TransomException.class, () -> TokenizerJson.read(json)).getMessage();
    }
}
