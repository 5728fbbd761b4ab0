package dev.transom.engine.internal;

import dev.transom.api.tokenizer.EncodeOptions;
import dev.transom.api.tokenizer.Encoding;
import dev.transom.api.tokenizer.IncrementalDecoder;
import dev.transom.api.tokenizer.Padding;
import dev.transom.api.tokenizer.SpecialRole;
import dev.transom.api.tokenizer.Tokenizer;
import dev.transom.api.tokenizer.Truncation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Ids are letters from a on; the id after z and the one after that are the two halves of é. */
final class FakeTokenizer implements Tokenizer {

    private static final int HALF = 26;

    @Override
    public IncrementalDecoder decoder(boolean skipSpecialTokens) {
        return new IncrementalDecoder() {
            private boolean half;

            @Override
            public String push(int id) {
                String text = half ? (id == HALF + 1 ? "é" : "\uFFFD" + letter(id)) : letter(id);
                half = !half && id == HALF;
                return text;
            }

            @Override
            public String finish() {
                return half ? "\uFFFD" : "";
            }
        };
    }

    static String letter(int id) {
        return id < HALF ? String.valueOf((char) ('a' + id)) : id == HALF ? "" : id == HALF + 1 ? "\uFFFD" : "-";
    }

    @Override
    public Encoding encode(String text, EncodeOptions options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Encoding encode(String text, String pair, EncodeOptions options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Encoding> encodeBatch(List<String> texts, EncodeOptions options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String decode(int[] ids, boolean skipSpecialTokens) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] tokenBytes(int id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String token(int id) {
        return letter(id);
    }

    @Override
    public OptionalInt id(String token) {
        return OptionalInt.empty();
    }

    @Override
    public int vocabularySize() {
        return FakeModel.VOCABULARY;
    }

    @Override
    public boolean isSpecial(int id) {
        return false;
    }

    @Override
    public OptionalInt special(SpecialRole role) {
        return OptionalInt.empty();
    }

    @Override
    public Optional<Truncation> declaredTruncation() {
        return Optional.empty();
    }

    @Override
    public Optional<Padding> declaredPadding() {
        return Optional.empty();
    }
}
