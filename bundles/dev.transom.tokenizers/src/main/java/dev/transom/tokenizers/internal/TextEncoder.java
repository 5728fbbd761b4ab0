package dev.transom.tokenizers.internal;

import dev.transom.api.TransomException;
import dev.transom.api.tokenizer.EncodeOptions;
import dev.transom.api.tokenizer.Truncation;
import dev.transom.tokenizers.internal.postprocessor.Encoded;
import dev.transom.tokenizers.internal.postprocessor.Encoded.Entry;
import dev.transom.tokenizers.internal.postprocessor.PostProcessor;
import dev.transom.tokenizers.internal.text.NormalizedText;
import dev.transom.tokenizers.internal.text.PreTokenizedText;
import dev.transom.tokenizers.internal.text.PreTokenizedText.Piece;
import dev.transom.tokenizers.internal.text.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The way from a text or a pair to tokens, up to padding. */
final class TextEncoder {

    private final Pipeline pipeline;
    private final AddedVocabulary added;

    TextEncoder(Pipeline pipeline, AddedVocabulary added) {
        this.pipeline = pipeline;
        this.added = added;
    }

    Encoded encode(String text, Optional<String> pair, EncodeOptions options) {
        Encoded first = tokens(text, 0);
        Optional<Encoded> second = pair.map(p -> tokens(p, 1));
        if (options.truncation().isPresent()) {
            Truncation truncation = options.truncation().get();
            int markers = options.addSpecialTokens() ? pipeline.postProcessor().addedTokens(pair.isPresent()) : 0;
            return joined(truncated(first, second, truncation, markers), options.addSpecialTokens());
        }
        return joined(second.map(s -> List.of(first, s)).orElse(List.of(first)), options.addSpecialTokens());
    }

    private Encoded joined(List<Encoded> parts, boolean addSpecialTokens) {
        PostProcessor postProcessor = pipeline.postProcessor();
        return Encoded.merged(postProcessor.process(parts, addSpecialTokens));
    }

    /** The tokens of the text (sequence 0) or the pair (1), which for now is also their segment. */
    private Encoded tokens(String original, int sequence) {
        String text = withoutLoneSurrogates(original);
        PreTokenizedText pieces = added.extract(text);
        pipeline.preTokenizer().preTokenize(pieces);
        pieces.tokenize(pipeline.model()::tokenize);
        CodePointIndex index = new CodePointIndex(text);
        List<Entry> entries = new ArrayList<>();
        int word = 0;
        for (Piece piece : pieces.pieces()) {
            for (Token token : piece.tokens()) {
                entries.add(entry(piece.text(), token, index, word, sequence));
            }
            word++;
        }
        return Encoded.of(entries);
    }

    private static Entry entry(NormalizedText piece, Token token, CodePointIndex index, int word,
            int sequence) {
        int last = Math.min(token.end(), piece.text().length()) - 1;
        int first = Math.min(token.start(), last);
        int start = index.of(piece.alignedStart(first));
        return Entry.ofText(token.id(), token.value(), start, index.of(piece.alignedEnd(last)), word, sequence);
    }

    private static String withoutLoneSurrogates(String text) {
        boolean paired = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c) && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                paired &= pair;
                i += pair ? 1 : 0;
            }
        }
        if (paired) {
            return text;
        }
        StringBuilder replaced = new StringBuilder(text.length());
        text.codePoints().forEach(c -> replaced.appendCodePoint(c >= 0xd800 && c <= 0xdfff ? 0xfffd : c));
        return replaced.toString();
    }

    private static List<Encoded> truncated(Encoded first, Optional<Encoded> second, Truncation how, int markers) {
        int room = how.maxLength() - markers;
        if (room < 0 || how.stride() < 0) {
            throw new TransomException("truncation: the length must hold the special tokens and the stride must not be "
                    + "negative; got length " + how.maxLength() + ", stride " + how.stride() + ", special tokens " + markers
                    + ". Raise the length.");
        }
        int length1 = first.length();
        int length2 = second.map(Encoded::length).orElse(0);
        int surplus = length1 + length2 - room;
        if (surplus > 0 || room == 0) {
            switch (room == 0 ? Truncation.Strategy.LONGEST_FIRST : how.strategy()) {
                case LONGEST_FIRST -> {
                    int[] lengths = second.isEmpty() ? new int[] {room, 0} : shared(length1, length2, room);
                    length1 = lengths[0];
                    length2 = lengths[1];
                }
                case ONLY_FIRST -> length1 = shortened(length1, surplus, "the first");
                case ONLY_SECOND -> length2 = shortened(length2, surplus, "the second");
            }
        }
        Encoded cut = first.truncated(length1, how.stride(), how.side());
        int kept = length2;
        return second.map(s -> List.of(cut, s.truncated(kept, how.stride(), how.side()))).orElse(List.of(cut));
    }

    private static int shortened(int length, int surplus, String which) {
        if (length <= surplus) {
            throw new TransomException("truncation: " + which + " sequence must be longer than what is to be cut off; it has "
                    + length + " tokens, " + surplus + " are too many. Raise the length or cut the longest first.");
        }
        return length - surplus;
    }

    /** The lengths of a pair: first the longer one gives way, then both evenly. */
    private static int[] shared(int length1, int length2, int room) {
        int shorter = Math.min(length1, length2);
        int longer = shorter > room ? shorter : Math.max(shorter, room - shorter);
        if (shorter + longer > room) {
            shorter = room / 2;
            longer = shorter + room % 2;
        }
        return length1 > length2 ? new int[] {longer, shorter} : new int[] {shorter, longer};
    }

    /** Turns UTF-16 positions into code point positions. */
    private static final class CodePointIndex {
        /** Null if both are the same. */
        private final int[] positions;

        CodePointIndex(String text) {
            if (text.codePoints().allMatch(c -> c < 0x10000)) {
                positions = null;
                return;
            }
            positions = new int[text.length() + 1];
            int count = 0;
            for (int i = 0; i < text.length(); ) {
                int next = i + Character.charCount(text.codePointAt(i));
                positions[i] = count++;
                i = next;
            }
            positions[text.length()] = count;
        }

        int of(int utf16) {
            return positions == null ? utf16 : positions[utf16];
        }
    }
}
