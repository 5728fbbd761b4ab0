package dev.transom.tokenizers.internal.format;

import dev.transom.tokenizers.internal.pretokenizer.ByteLevel;
import dev.transom.tokenizers.internal.pretokenizer.FixedLength;
import dev.transom.tokenizers.internal.pretokenizer.Metaspace;
import dev.transom.tokenizers.internal.pretokenizer.PreTokenizer;
import dev.transom.tokenizers.internal.pretokenizer.UnicodeScripts;
import dev.transom.tokenizers.internal.text.SplitBehavior;
import dev.transom.tokenizers.internal.text.TextPattern;

/** Reads the member {@code pre_tokenizer} of tokenizer.json. */
final class PreTokenizerReader {

    private PreTokenizerReader() {}

    static PreTokenizer read(JsonNode node) {
        return switch (node.type()) {
            case "Sequence" ->
                    PreTokenizer.sequence(node.get("pretokenizers").list().stream().map(PreTokenizerReader::read).toList());
            case "ByteLevel" -> new ByteLevel(node.bool("add_prefix_space", true), node.bool("use_regex", true));
            case "Whitespace" -> PreTokenizer.whitespace();
            case "WhitespaceSplit" -> PreTokenizer.whitespaceSplit();
            case "BertPreTokenizer" -> PreTokenizer.bert();
            case "Metaspace" -> new Metaspace(node.get("replacement").codePoint(), prepend(node), node.bool("split", true));
            case "Split" -> split(node);
            case "Digits" -> PreTokenizer.digits(node.bool("individual_digits", false));
            case "Punctuation" -> PreTokenizer.punctuation(
                    node.find("behavior").map(PreTokenizerReader::behavior).orElse(SplitBehavior.ISOLATED));
            case "CharDelimiterSplit", "Delimiter" -> {
                int delimiter = node.get("delimiter").codePoint();
                yield PreTokenizer.split(TextPattern.codePoints(c -> c == delimiter), SplitBehavior.REMOVED);
            }
            case "UnicodeScripts" -> new UnicodeScripts();
            case "FixedLength" -> fixedLength(node);
            default -> throw node.get("type").refuse("a known pre-tokenizer");
        };
    }

    private static PreTokenizer split(JsonNode node) {
        TextPattern pattern = Patterns.read(node.get("pattern"));
        boolean inverted = node.bool("invert", false);
        return PreTokenizer.split(inverted ? pattern.inverted() : pattern, behavior(node.get("behavior")));
    }

    private static PreTokenizer fixedLength(JsonNode node) {
        int length = node.count("length", 5);
        if (length == 0) {
            throw node.get("length").refuse("at least 1");
        }
        return new FixedLength(length);
    }

    private static SplitBehavior behavior(JsonNode node) {
        return switch (node.string()) {
            case "Removed" -> SplitBehavior.REMOVED;
            case "Isolated" -> SplitBehavior.ISOLATED;
            case "MergedWithPrevious" -> SplitBehavior.MERGED_WITH_PREVIOUS;
            case "MergedWithNext" -> SplitBehavior.MERGED_WITH_NEXT;
            case "Contiguous" -> SplitBehavior.CONTIGUOUS;
            default -> throw node.refuse("Removed, Isolated, MergedWithPrevious, MergedWithNext or Contiguous");
        };
    }

    /** When a Metaspace puts its space; the old key {@code add_prefix_space} may forbid it. */
    static Metaspace.Prepend prepend(JsonNode node) {
        Metaspace.Prepend scheme = switch (node.string("prepend_scheme", "always")) {
            case "always" -> Metaspace.Prepend.ALWAYS;
            case "first" -> Metaspace.Prepend.FIRST;
            case "never" -> Metaspace.Prepend.NEVER;
            default -> throw node.get("prepend_scheme").refuse("always, first or never");
        };
        if (node.bool("add_prefix_space", true)) {
            return scheme;
        }
        if (node.find("prepend_scheme").isPresent() && scheme != Metaspace.Prepend.NEVER) {
            throw node.get("prepend_scheme").refuse("never, since add_prefix_space is false");
        }
        return Metaspace.Prepend.NEVER;
    }
}
