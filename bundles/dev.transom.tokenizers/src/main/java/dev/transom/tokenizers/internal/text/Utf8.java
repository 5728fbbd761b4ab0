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

    /**
     * The text of bytes; each longest run that begins a character and does not end it, and each byte that begins none,
     * becomes one U+FFFD. Java's own decoder counts runs otherwise after some lead bytes.
     */
    public static String lossy(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        for (int at = 0; at < bytes.length; ) {
            int lead = bytes[at] & 0xff;
            int length = characterLength(lead);
            if (length == 1) {
                text.append((char) lead);
                at++;
                continue;
            }
            int run = 1;
            int codePoint = length == 0 ? 0 : lead & 0x7f >> length;
            while (run < length && at + run < bytes.length && continues(lead, run, bytes[at + run] & 0xff)) {
                codePoint = codePoint << 6 | bytes[at + run] & 0x3f;
                run++;
            }
            text.appendCodePoint(run == length ? codePoint : 0xfffd);
            at += run;
        }
        return text.toString();
    }

    /** How many bytes the character has that starts with this one; 0 if it starts none. */
    private static int characterLength(int lead) {
        return lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    }

    /** Whether the byte may stand at an index behind the lead byte (no overlong form, no surrogate). */
    private static boolean continues(int lead, int index, int b) {
        if ((b & 0xc0) != 0x80) {
            return false;
        }
        if (index > 1) {
            return true;
        }
        return switch (lead) {
            case 0xe0 -> b >= 0xa0;
            case 0xed -> b < 0xa0;
            case 0xf0 -> b >= 0x90;
            case 0xf4 -> b < 0x90;
            default -> true;
        };
    }

    /** How many bytes at the end begin a character that further bytes may complete; 0 if none. */
    public static int unfinished(byte[] bytes, int size) {
        for (int back = 1; back <= 3 && back <= size; back++) {
            int lead = bytes[size - back] & 0xff;
            if (lead < 0x80) {
                return 0;
            }
            if (lead >= 0xc0) {
                boolean open = back < characterLength(lead);
                return open && (back == 1 || continues(lead, 1, bytes[size - back + 1] & 0xff)) ? back : 0;
            }
        }
        return 0;
    }
}
