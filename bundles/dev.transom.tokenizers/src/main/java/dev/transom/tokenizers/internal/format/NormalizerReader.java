package dev.transom.tokenizers.internal.format;

import dev.transom.tokenizers.internal.normalizer.BertNormalizer;
import dev.transom.tokenizers.internal.normalizer.Lowercase;
import dev.transom.tokenizers.internal.normalizer.Nmt;
import dev.transom.tokenizers.internal.normalizer.Normalizer;
import dev.transom.tokenizers.internal.normalizer.PrecompiledCharsMap;
import dev.transom.tokenizers.internal.normalizer.Strip;
import dev.transom.tokenizers.internal.text.BytesAsCharacters;
import dev.transom.tokenizers.internal.text.CharacterClass;
import dev.transom.tokenizers.internal.text.TextPattern;
import dev.transom.tokenizers.internal.text.UnicodeForm;
import java.util.Base64;

/** Reads the member {@code normalizer} of tokenizer.json. */
final class NormalizerReader {

    private NormalizerReader() {}

    static Normalizer read(JsonNode node) {
        return switch (node.type()) {
            case "Sequence" ->
                    Normalizer.sequence(node.get("normalizers").list().stream().map(NormalizerReader::read).toList());
            case "BertNormalizer" -> bert(node);
            case "Strip" -> new Strip(node.bool("strip_left", true), node.bool("strip_right", true));
            case "StripAccents" -> text -> text.filter(c -> !CharacterClass.isMark(c));
            case "NFC" -> UnicodeForm.NFC::apply;
            case "NFD" -> UnicodeForm.NFD::apply;
            case "NFKC" -> UnicodeForm.NFKC::apply;
            case "NFKD" -> UnicodeForm.NFKD::apply;
            case "Lowercase" -> new Lowercase();
            case "Nmt" -> new Nmt();
            case "Precompiled" -> precompiled(node.get("precompiled_charsmap"));
            case "Replace" -> {
                TextPattern pattern = Patterns.read(node.get("pattern"));
                String content = node.get("content").string();
                yield text -> text.replace(pattern, content);
            }
            case "Prepend" -> {
                String prefix = node.get("prepend").string();
                yield text -> text.prepend(prefix);
            }
            case "Append" -> {
                String suffix = node.get("append").string();
                yield text -> text.append(suffix);
            }
            case "ByteLevel" -> BytesAsCharacters::apply;
            default -> throw node.get("type").refuse("a known normalizer");
        };
    }

    private static Normalizer bert(JsonNode node) {
        boolean lowercase = node.bool("lowercase", true);
        return new BertNormalizer(node.bool("clean_text", true), node.bool("handle_chinese_chars", true),
                node.bool("strip_accents", lowercase), lowercase);
    }

    private static Normalizer precompiled(JsonNode map) {
        try {
            return new PrecompiledCharsMap(map.file(), Base64.getDecoder().decode(map.string()));
        } catch (IllegalArgumentException e) {
            throw map.refuse("in base 64");
        }
    }
}
