package dev.transom.tokenizers.internal.decoder;

import dev.transom.tokenizers.internal.text.BytesAsCharacters;
import dev.transom.tokenizers.internal.text.Utf8;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** Turns characters that stand for bytes into the bytes' text; malformed UTF-8 becomes U+FFFD. */
public final class ByteLevelDecoder implements Decoder {

    @Override
    public List<String> decode(List<String> tokens) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        tokens.forEach(token -> bytes.writeBytes(BytesAsCharacters.toBytes(token)));
        return List.of(Utf8.lossy(bytes.toByteArray()));
    }

    @Override
    public boolean isByteLevel() {
        return true;
    }
}
