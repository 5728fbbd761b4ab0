package dev.transom.tokenizers.internal.sentencepiece;

import dev.transom.tokenizers.internal.decoder.ByteFallbackDecoder;
import dev.transom.tokenizers.internal.decoder.Decoder;
import dev.transom.tokenizers.internal.text.Utf8;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * SentencePiece's way back: visible spaces become spaces, but not those that encoding put at the start. Source: sentencepiece,
 * {@code sentencepiece_processor.cc}.
 *
 * @param dropsPrefix one space at the start goes
 * @param dropsAll all spaces at the start go
 * @param unknown the unknown piece
 * @param surface what it becomes
 * @param byteFallback {@code <0x0A>} is a byte
 */
record SentencePieceDecoder(boolean dropsPrefix, boolean dropsAll, String unknown, String surface, boolean byteFallback)
        implements Decoder {

    private static final char SPACE = '\u2581';

    @Override
    public List<String> decode(List<String> tokens) {
        List<String> texts = new ArrayList<>(tokens.size());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean atStart = dropsPrefix || dropsAll;
        for (String token : tokens) {
            int value = byteFallback ? ByteFallbackDecoder.byteOf(token) : -1;
            if (value >= 0) {
                bytes.write(value);
                atStart = false;
                continue;
            }
            flush(bytes, texts);
            int from = 0;
            while (atStart && from < token.length() && token.charAt(from) == SPACE && (dropsAll || from == 0)) {
                from++;
            }
            atStart &= from == token.length() && dropsAll;
            texts.add(inText(token.substring(from)));
        }
        flush(bytes, texts);
        return texts;
    }

    private static void flush(ByteArrayOutputStream bytes, List<String> texts) {
        if (bytes.size() > 0) {
            texts.add(Utf8.lossy(bytes.toByteArray()));
            bytes.reset();
        }
    }

    @Override
    public String inText(String token) {
        return token.equals(unknown) ? surface : token.replace(SPACE, ' ');
    }

    @Override
    public boolean hasByteFallback() {
        return byteFallback;
    }
}
