package dev.transom.tokenizers.internal;

import dev.transom.api.conformance.CaseKit.Comparison;
import dev.transom.api.tokenizer.EncodeOptions;
import dev.transom.api.tokenizer.Encoding;
import dev.transom.api.tokenizer.IncrementalDecoder;
import dev.transom.api.tokenizer.Padding;
import dev.transom.api.tokenizer.Side;
import dev.transom.api.tokenizer.Tokenizer;
import dev.transom.api.tokenizer.Truncation;
import dev.transom.tokenizers.internal.format.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Compares what a tokenizer gives with what a case expects. */
final class TokenizerComparison {

    private final Tokenizer tokenizer;
    /** Per item the number of texts and of those that differ. */
    private final Map<String, int[]> counts = new LinkedHashMap<>();

    private TokenizerComparison(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    static List<Comparison> compare(Tokenizer tokenizer, JsonNode expected) {
        TokenizerComparison comparison = new TokenizerComparison(tokenizer);
        comparison.count("vocabulary size", tokenizer.vocabularySize() == expected.get("vocab_size").count());
        expected.get("cases").list().forEach(comparison::text);
        expected.find("pairs").ifPresent(pairs -> pairs.list().forEach(comparison::pair));
        expected.find("truncation_padding").ifPresent(cases -> cases.list().forEach(comparison::lengths));
        return comparison.comparisons();
    }

    private List<Comparison> comparisons() {
        List<Comparison> comparisons = new ArrayList<>();
        counts.forEach((item, count) ->
                comparisons.add(new Comparison(item + " (" + (count[0] - count[1]) + " of " + count[0] + ")", count[1], 0)));
        return comparisons;
    }

    private void count(String item, boolean equal) {
        int[] count = counts.computeIfAbsent(item, key -> new int[2]);
        count[0]++;
        count[1] += equal ? 0 : 1;
    }

    private void count(String item, int[] actual, JsonNode expected) {
        count(item, Arrays.equals(actual, integers(expected)));
    }

    private static int[] integers(JsonNode list) {
        return list.list().stream().mapToInt(JsonNode::integer).toArray();
    }

    private void text(JsonNode expected) {
        String text = expected.get("text").string();
        Encoding plain = tokenizer.encode(text, EncodeOptions.PLAIN);
        count("ids", plain.ids(), expected.get("ids"));
        expected.find("offsets").ifPresent(offsets -> count("offsets", sameOffsets(plain, offsets)));
        expected.find("pieces").ifPresent(pieces ->
                count("pieces", plain.tokens().equals(pieces.list().stream().map(JsonNode::string).toList())));
        int[] ids = integers(expected.get("ids"));
        count("decoded", tokenizer.decode(ids, false).equals(expected.get("decoded").string()));
        count("streamed", streamed(ids, false, expected.get("decoded").string()));
        expected.find("ids_with_special").ifPresent(special -> withSpecial(text, special, expected));
    }

    private void withSpecial(String text, JsonNode expectedIds, JsonNode expected) {
        count("ids with special tokens", tokenizer.encode(text, EncodeOptions.WITH_SPECIAL_TOKENS).ids(), expectedIds);
        int[] ids = integers(expectedIds);
        String decoded = expected.get("decoded_skip_special").string();
        count("decoded without special tokens", tokenizer.decode(ids, true).equals(decoded));
        count("streamed without special tokens", streamed(ids, true, decoded));
    }

    /** Whether the ids give the text one by one, without half a character on the way. */
    private boolean streamed(int[] ids, boolean skipSpecialTokens, String expected) {
        IncrementalDecoder decoder = tokenizer.decoder(skipSpecialTokens);
        StringBuilder text = new StringBuilder(expected.length());
        boolean whole = true;
        for (int id : ids) {
            text.append(decoder.push(id));
            whole &= expected.startsWith(text.toString()) && !(text.length() > 0
                    && Character.isHighSurrogate(text.charAt(text.length() - 1)));
        }
        return whole && text.append(decoder.finish()).toString().equals(expected);
    }

    private static boolean sameOffsets(Encoding encoding, JsonNode expected) {
        List<JsonNode> offsets = expected.list();
        boolean same = offsets.size() == encoding.length();
        for (int i = 0; same && i < offsets.size(); i++) {
            int[] span = integers(offsets.get(i));
            same = Arrays.equals(span, new int[] {encoding.offsets()[i].start(), encoding.offsets()[i].end()});
        }
        return same;
    }

    private void pair(JsonNode expected) {
        Encoding encoding = tokenizer.encode(expected.get("text").string(), expected.get("pair").string(),
                EncodeOptions.WITH_SPECIAL_TOKENS);
        count("pair ids", encoding.ids(), expected.get("ids"));
        count("pair type ids", encoding.typeIds(), expected.get("type_ids"));
        count("pair attention mask", encoding.attentionMask(), expected.get("attention_mask"));
        count("pair special mask", encoding.specialMask(), expected.get("special_tokens_mask"));
        count("pair sequence ids", encoding.sequenceIds(), expected.get("sequence_ids"));
        count("pair offsets", sameOffsets(encoding, expected.get("offsets")));
    }

    /** In these cases {@code direction} is the side that is padded; they are cut on the right. */
    private void lengths(JsonNode expected) {
        Truncation truncation = new Truncation(expected.get("max_length").count(), expected.count("stride", 0),
                Truncation.Strategy.valueOf(expected.string("strategy", "longest_first").toUpperCase(Locale.ROOT)),
                Side.RIGHT);
        EncodeOptions options = EncodeOptions.WITH_SPECIAL_TOKENS.truncated(truncation);
        if (expected.bool("pad", false)) {
            Side side = expected.string("direction", "right").equals("left") ? Side.LEFT : Side.RIGHT;
            options = options.padded(
                    new Padding(Padding.LONGEST, expected.count("pad_to_multiple_of", 0), 0, 0, "[PAD]", side));
        }
        List<Encoding> encodings =
                tokenizer.encodeBatch(expected.get("texts").list().stream().map(JsonNode::string).toList(), options);
        for (int i = 0; i < encodings.size(); i++) {
            Encoding encoding = encodings.get(i);
            count("truncated ids", encoding.ids(), expected.get("ids").list().get(i));
            count("truncated attention mask", encoding.attentionMask(), expected.get("attention_mask").list().get(i));
            List<JsonNode> overflowing = expected.get("overflowing").list().get(i).list();
            boolean same = overflowing.size() == encoding.overflowing().size();
            for (int k = 0; same && k < overflowing.size(); k++) {
                same = Arrays.equals(encoding.overflowing().get(k).ids(), integers(overflowing.get(k)));
            }
            count("overflowing ids", same);
        }
    }
}
