package dev.transom.tokenizers.internal.decoder;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Joins runs of byte tokens such as {@code <0x0A>} to text; a malformed run becomes one U+FFFD per byte. */
public final class ByteFallbackDecoder implements Decoder {

    /** The byte that a token spells, or -1. */
    public static int byteOf(String token) {
        if (token.length() != 6 || !token.startsWith("<0x") || token.charAt(5) != '>') {
            return -1;
        }
        // A plus sign may stand for the first digit: the library parses so.
        int high = token.charAt(3) == '+' ? 0 : digit(token.charAt(3));
        int low = digit(token.charAt(4));
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    private static int digit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    @Override
    public List<String> decode(List<String> tokens) {
        List<String> texts = new ArrayList<>(tokens.size());
        ByteArrayOutputStream run = new ByteArrayOutputStream();
        for (String token : tokens) {
            int value = byteOf(token);
            if (value >= 0) {
                run.write(value);
            } else {
                flush(run, texts);
                texts.add(token);
            }
        }
        flush(run, texts);
        return texts;
    }

    private static void flush(ByteArrayOutputStream run, List<String> texts) {
        if (run.size() == 0) {
            return;
        }
        byte[] bytes = run.toByteArray();
        run.reset();
        try {
            texts.add(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            texts.addAll(Collections.nCopies(bytes.length, "\ufffd"));
        }
    }

    @Override
    public boolean hasByteFallback() {
        return true;
    }
}
