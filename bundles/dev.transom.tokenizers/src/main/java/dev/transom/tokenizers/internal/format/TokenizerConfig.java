package dev.transom.tokenizers.internal.format;

import dev.transom.api.tokenizer.SpecialRole;
import dev.transom.tokenizers.internal.AddedToken;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What tokenizer_config.json says where no tokenizer.json does.
 *
 * @param roles the content of each token that plays a role
 * @param added tokens that are recognised in texts, by id
 * @param addsBegin whether texts get a begin token
 * @param addsEnd whether texts get an end token
 * @param legacy whether text behind an added token starts with a space of its own
 */
public record TokenizerConfig(
        Map<SpecialRole, String> roles, List<AddedToken> added, boolean addsBegin, boolean addsEnd, boolean legacy) {

    /** No configuration at all. */
    public static final TokenizerConfig NONE = new TokenizerConfig(Map.of(), List.of(), false, false, true);

    private static final Set<String> BEGINNERS = Set.of("LlamaTokenizer", "CodeLlamaTokenizer", "GemmaTokenizer");
    private static final Set<String> ENDERS = Set.of("T5Tokenizer");
    /** Their ids are not those of the .model file. */
    private static final Set<String> SHIFTED = Set.of("PegasusTokenizer", "XLMRobertaTokenizer", "MBartTokenizer", "MBart50Tokenizer",
            "CamembertTokenizer", "BarthezTokenizer", "NllbTokenizer", "M2M100Tokenizer", "XGLMTokenizer", "MarianTokenizer");

    /** @param where how error sentences call the file */
    public static TokenizerConfig read(String where, byte[] content) {
        return JsonFile.read(where, new ByteArrayInputStream(content), file -> of(file.tree()));
    }

    /** Without tokenizer.json added tokens are looked for before the text is normalised. */
    private static AddedToken inRawText(AddedToken token) {
        return new AddedToken(token.content(), token.singleWord(), token.stripsLeft(), token.stripsRight(), false, token.special(), true);
    }

    private static TokenizerConfig of(JsonNode root) {
        String kind = root.string("tokenizer_class", "");
        String plain = kind.endsWith("Fast") ? kind.substring(0, kind.length() - 4) : kind;
        if (SHIFTED.contains(plain)) {
            throw root.get("tokenizer_class").refuse("one whose ids are those of its .model file (add the model's tokenizer.json)");
        }
        TreeMap<Integer, AddedToken> added = new TreeMap<>();
        root.find("added_tokens_decoder").ifPresent(tokens -> tokens.keys().forEach(id -> {
            JsonNode token = tokens.get(id);
            if (!id.matches("\\d{1,9}")) {
                throw token.refuse("under an id");
            }
            added.put(Integer.parseInt(id), inRawText(PipelineReader.addedToken(token)));
        }));
        return new TokenizerConfig(PipelineReader.roles(root), List.copyOf(added.values()),
                root.bool("add_bos_token", BEGINNERS.contains(plain)), root.bool("add_eos_token", ENDERS.contains(plain)),
                root.bool("legacy", true));
    }
}
