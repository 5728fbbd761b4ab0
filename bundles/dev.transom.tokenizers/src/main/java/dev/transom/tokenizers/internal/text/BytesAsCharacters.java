package dev.transom.tokenizers.internal.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The printable characters that stand for bytes in byte-level vocabularies: printable Latin-1 bytes stand for
 * themselves, the others for U+0100 and up in ascending order. Source: GPT-2's encoder.py.
 */
public final class BytesAsCharacters {

    private static final char[] CHARACTERS = characters();
    private static final short[] BYTES = bytes();

    private BytesAsCharacters() {}

    private static char[] characters() {
        char[] table = new char[256];
        int next = 256;
        for (int b = 0; b < 256; b++) {
            boolean printable = b >= '!' && b <= '~' || b >= 0xa1 && b != 0xad;
            table[b] = printable ? (char) b : (char) next++;
        }
        return table;
    }

    private static short[] bytes() {
        short[] table = new short[256 + 68];
        Arrays.fill(table, (short) -1);
        for (int b = 0; b < 256; b++) {
            table[CHARACTERS[b]] = (short) b;
        }
        return table;
    }

    /** The character that stands for a byte. */
    public static char of(int unsignedByte) {
        return CHARACTERS[unsignedByte];
    }

    /** The bytes that a token stands for; a token with any other character stands for its own UTF-8. */
    public static byte[] toBytes(String token) {
        byte[] bytes = new byte[token.length()];
        for (int i = 0; i < bytes.length; i++) {
            char c = token.charAt(i);
            if (c >= BYTES.length || BYTES[c] < 0) {
                return token.getBytes(StandardCharsets.UTF_8);
            }
            bytes[i] = (byte) BYTES[c];
        }
        return bytes;
    }

    /** Replaces a text by the characters of its UTF-8 bytes. */
    public static void apply(NormalizedText text) {
        if (text.isEmpty()) {
            return;
        }
        String old = text.text();
        if (isAscii(old) && text.replaceUnits(ofAscii(old))) {
            return;
        }
        Changes changes = new Changes(old.length() + 8);
        byte[] buffer = new byte[4];
        for (int i = 0; i < old.length(); ) {
            int codePoint = old.codePointAt(i);
            int bytes = Utf8.encode(codePoint, buffer);
            for (int k = 0; k < bytes; k++) {
                changes.add(of(buffer[k] & 0xff), k == 0 ? 0 : 1);
            }
            i += Character.charCount(codePoint);
        }
        text.transform(changes, 0);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static String ofAscii(String text) {
        char[] characters = new char[text.length()];
        for (int i = 0; i < characters.length; i++) {
            characters[i] = of(text.charAt(i));
        }
        return new String(characters);
    }
}
