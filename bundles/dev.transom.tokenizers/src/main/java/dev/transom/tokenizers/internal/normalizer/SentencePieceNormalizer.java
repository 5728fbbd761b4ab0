package dev.transom.tokenizers.internal.normalizer;

import dev.transom.tokenizers.internal.model.TokenTrie;
import dev.transom.tokenizers.internal.text.Changes;
import dev.transom.tokenizers.internal.text.IntList;
import dev.transom.tokenizers.internal.text.NormalizedText;
import dev.transom.tokenizers.internal.text.Utf8;
import java.nio.charset.StandardCharsets;

/**
 * SentencePiece's own normaliser: rewrites by the longest rule, joins white space, puts a space before the text, writes spaces
 * as U+2581. Source: sentencepiece, {@code normalizer.cc}.
 */
public final class SentencePieceNormalizer implements Normalizer {

    /** U+2581, which stands for a space. */
    public static final int SPACE = 0x2581;

    /**
     * What it does.
     *
     * @param addDummyPrefix a space is put before the text, or behind it with {@code spaceAsSuffix}
     * @param removeExtraSpaces spaces at the ends go, neighbouring ones become one
     * @param escapeSpaces spaces become U+2581
     * @param spaceAsSuffix words end with a space instead of starting with one
     */
    public record Options(boolean addDummyPrefix, boolean removeExtraSpaces, boolean escapeSpaces, boolean spaceAsSuffix) {}

    private final Options options;
    private final RewriteRules rules;
    private final TokenTrie kept;

    private final boolean onlyFirst;

    /**
     * @param kept strings that are left as they are
     * @param onlyFirst only the start of a text gets a space, not what stands behind an added token
     */
    public SentencePieceNormalizer(Options options, RewriteRules rules, TokenTrie kept, boolean onlyFirst) {
        this.onlyFirst = onlyFirst;
        this.options = options;
        this.rules = rules;
        this.kept = kept;
    }

    @Override
    public void normalize(NormalizedText text) {
        if (!text.isEmpty()) {
            new Run(text.text(), options.addDummyPrefix() && (!onlyFirst || text.originalStart() == 0)).apply(text);
        }
    }

    /** One text on its way. */
    private final class Run {
        private final String old;
        private final byte[] utf8;
        private final IntList codePoints;
        /** How many old code points each new one stands for. */
        private final IntList consumed;
        private final Changes size;
        private final boolean addsSpace;
        private int dropped;
        private int at;
        private int byteAt;
        /** What the next rule gives, and how many old code points it takes. */
        private String prefix;
        private int taken;

        Run(String old, boolean addsSpace) {
            this.old = old;
            this.addsSpace = addsSpace;
            utf8 = old.getBytes(StandardCharsets.UTF_8);
            codePoints = new IntList(old.length() + 2);
            consumed = new IntList(old.length() + 2);
            size = new Changes(old.length());
        }

        void apply(NormalizedText text) {
            boolean removes = options.removeExtraSpaces();
            while (removes && at < old.length()) {
                int start = at;
                int startByte = byteAt;
                next();
                if (!prefix.equals(" ")) {
                    at = start;
                    byteAt = startByte;
                    break;
                }
                dropped += taken;
            }
            if (at < old.length()) {
                if (addsSpace && !options.spaceAsSuffix()) {
                    add(' ', 0);
                }
                body(removes);
                if (removes) {
                    dropTrailingSpaces();
                }
                if (addsSpace && options.spaceAsSuffix()) {
                    add(' ', 0);
                }
            }
            Changes changes = new Changes(old.length());
            for (int i = 0; i < codePoints.size(); i++) {
                changes.add(codePoints.get(i), 1 - consumed.get(i));
            }
            text.transform(changes, dropped);
        }

        private void body(boolean removes) {
            boolean afterSpace = removes;
            while (at < old.length()) {
                next();
                int from = 0;
                while (afterSpace && from < prefix.length() && prefix.charAt(from) == ' ') {
                    from++;
                }
                String part = prefix.substring(from);
                int rest = taken;
                for (int i = 0; i < part.length(); ) {
                    int codePoint = part.codePointAt(i);
                    i += Character.charCount(codePoint);
                    int share = i == part.length() ? rest : Math.min(rest, 1);
                    add(codePoint, share);
                    rest -= share;
                }
                swallow(rest);
                if (!part.isEmpty()) {
                    afterSpace = removes && part.endsWith(" ");
                }
            }
        }

        private void add(int codePoint, int old) {
            // Growth is bounded as everywhere: the list of changes counts along.
            size.add(codePoint, 0);
            codePoints.add(codePoint == ' ' && options.escapeSpaces() ? SPACE : codePoint);
            consumed.add(old);
        }

        private void swallow(int count) {
            if (codePoints.size() == 0) {
                dropped += count;
            } else {
                consumed.set(consumed.size() - 1, consumed.get(consumed.size() - 1) + count);
            }
        }

        private void dropTrailingSpaces() {
            int space = options.escapeSpaces() ? SPACE : ' ';
            while (codePoints.size() > 0 && codePoints.get(codePoints.size() - 1) == space) {
                int count = consumed.get(consumed.size() - 1);
                codePoints.removeLast();
                consumed.removeLast();
                swallow(count);
            }
        }

        /** Takes the longest kept string, else what the longest rule makes, else a code point. */
        private void next() {
            int end = kept.longest(old, at);
            if (end > at) {
                prefix = old.substring(at, end);
                advance(end);
                return;
            }
            RewriteRules.Match match = rules.longest(utf8, byteAt);
            if (match == null) {
                int codePoint = old.codePointAt(at);
                prefix = Character.toString(codePoint);
                advance(at + Character.charCount(codePoint));
                return;
            }
            int wanted = byteAt + match.length();
            prefix = match.text();
            int start = at;
            int bytes = byteAt;
            while (bytes < wanted && start < old.length()) {
                bytes += Utf8.length(old.codePointAt(start));
                start += Character.charCount(old.codePointAt(start));
            }
            advance(start);
        }

        private void advance(int end) {
            taken = 0;
            while (at < end) {
                int codePoint = old.codePointAt(at);
                byteAt += Utf8.length(codePoint);
                at += Character.charCount(codePoint);
                taken++;
            }
        }
    }
}
