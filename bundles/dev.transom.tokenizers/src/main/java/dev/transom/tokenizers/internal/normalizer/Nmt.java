package dev.transom.tokenizers.internal.normalizer;

import dev.transom.tokenizers.internal.text.NormalizedText;

/** SentencePiece's clean-up for translation: control characters go, exotic white space becomes a space. */
public final class Nmt implements Normalizer {

    @Override
    public void normalize(NormalizedText text) {
        text.filter(c -> !isRemoved(c));
        text.map(c -> isSpace(c) ? ' ' : c);
    }

    private static boolean isRemoved(int c) {
        return c >= 0x01 && c <= 0x08 || c == 0x0b || c >= 0x0e && c <= 0x1f || c == 0x7f || c == 0x8f || c == 0x9f;
    }

    private static boolean isSpace(int c) {
        return switch (c) {
            case 0x09, 0x0a, 0x0c, 0x0d, 0x1680, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x2028, 0x2029, 0x2581, 0xfeff,
                    0xfffd -> true;
            default -> false;
        };
    }
}
