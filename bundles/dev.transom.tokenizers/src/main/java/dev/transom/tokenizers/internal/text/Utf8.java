package dev.transom.tokenizers.internal.text;

/** The UTF-8 form of code points. */
public final class Utf8 {

    private Utf8() {}

    /** The number of bytes of a code point. */
    public static int length(int codePoint) {
        return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }

    /** Writes a code point to the start of the buffer and returns the number of bytes. */
    public static int encode(int codePoint, byte[] buffer) {
        int length = length(codePoint);
        if (length == 1) {
            buffer[0] = (byte) codePoint;
            return 1;
        }
        int rest = codePoint;
        for (int i = length - 1; i > 0; i--) {
            buffer[i] = (byte) (0x80 | rest & 0x3f);
            rest >>= 6;
        }
        buffer[0] = (byte) (0xf00 >> length & 0xff | rest);
        return length;
    }

    /** How many bytes at the end begin a character that further bytes may complete; 0 if none. */
    public static int unfinished(byte[] bytes, int size) {
        for (int back = 1; back <= 3 && back <= size; back++) {
            int lead = bytes[size - back] & 0xff;
            if (lead < 0x80) {
                return 0;
            }
            if (lead >= 0xc0) {
                int length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
                return back < length && startsRightly(lead, bytes, size - back + 1, size) ? back : 0;
            }
        }
        return 0;
    }

    /** Whether the byte after the lead byte is one that the lead byte allows (no overlong form, no surrogate). */
    private static boolean startsRightly(int lead, byte[] bytes, int next, int size) {
        if (next >= size) {
            return true;
        }
        int second = bytes[next] & 0xff;
        return switch (lead) {
            case 0xe0 -> second >= 0xa0;
            case 0xed -> second < 0xa0;
            case 0xf0 -> second >= 0x90;
            case 0xf4 -> second < 0x90;
            default -> true;
        };
    }
}
