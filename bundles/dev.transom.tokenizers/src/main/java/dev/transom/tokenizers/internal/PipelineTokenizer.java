package dev.transom.tokenizers.internal;

import dev.transom.api.TransomException;
import dev.transom.api.tokenizer.EncodeOptions;
import dev.transom.api.tokenizer.Encoding;
import dev.transom.api.tokenizer.IncrementalDecoder;
import dev.transom.api.tokenizer.Padding;
import dev.transom.api.tokenizer.SpecialRole;
import dev.transom.api.tokenizer.Tokenizer;
import dev.transom.api.tokenizer.Truncation;
import dev.transom.tokenizers.internal.decoder.ByteFallbackDecoder;
import dev.transom.tokenizers.internal.model.Model;
import dev.transom.tokenizers.internal.postprocessor.Encoded;
import dev.transom.tokenizers.internal.text.BytesAsCharacters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A tokenizer of parts: added tokens, normaliser, pre-tokeniser, model, post-processor, decoder. */
public final class PipelineTokenizer implements Tokenizer {

    private final Pipeline pipeline;
    private final Model model;
    private final AddedVocabulary added;
    private final TextEncoder encoder;
    private final int size;

    /** @param pipeline the parts */
    public PipelineTokenizer(Pipeline pipeline) {
        this.pipeline = pipeline;
        model = pipeline.model();
        added = new AddedVocabulary(pipeline.added(), model.vocabulary(), pipeline.normalizer());
        encoder = new TextEncoder(pipeline, added);
        long onlyAdded = added.ids().keySet().stream().filter(token -> model.vocabulary().id(token) < 0).count();
        size = model.vocabulary().size() + (int) onlyAdded;
    }

    @Override
    public Encoding encode(String text, EncodeOptions options) {
        return encodeAll(List.of(encoder.encode(text, Optional.empty(), options)), options).getFirst();
    }

    @Override
    public Encoding encode(String text, String pair, EncodeOptions options) {
        return encodeAll(List.of(encoder.encode(text, Optional.of(pair), options)), options).getFirst();
    }

    @Override
    public List<Encoding> encodeBatch(List<String> texts, EncodeOptions options) {
        return encodeAll(texts.stream().map(t -> encoder.encode(t, Optional.empty(), options)).toList(), options);
    }

    private static List<Encoding> encodeAll(List<Encoded> encoded, EncodeOptions options) {
        if (options.padding().isEmpty()) {
            return encoded.stream().map(Encoded::toEncoding).toList();
        }
        Padding padding = options.padding().get();
        int longest = encoded.stream().mapToInt(Encoded::length).max().orElse(0);
        int length = padding.length() == Padding.LONGEST ? longest : padding.length();
        int multiple = Math.max(padding.multipleOf(), 1);
        int rounded = Math.ceilDiv(length, multiple) * multiple;
        return encoded.stream().map(e -> e.padded(rounded, padding).toEncoding()).toList();
    }

    @Override
    public String decode(int[] ids, boolean skipSpecialTokens) {
        List<String> tokens = new ArrayList<>(ids.length);
        for (int id : ids) {
            String token = tokenOrNull(id);
            if (token != null && !(skipSpecialTokens && added.isSpecial(token))) {
                tokens.add(token);
            }
        }
        if (tokens.isEmpty()) {
            return "";
        }
        return pipeline.decoder()
                .map(decoder -> String.join("", decoder.decode(tokens)))
                .orElseGet(() -> String.join(" ", tokens));
    }

    @Override
    public IncrementalDecoder decoder(boolean skipSpecialTokens) {
        return new WindowDecoder(this, skipSpecialTokens);
    }

    @Override
    public byte[] tokenBytes(int id) {
        String token = token(id);
        if (pipeline.decoder().isEmpty()) {
            return token.getBytes(StandardCharsets.UTF_8);
        }
        var decoder = pipeline.decoder().get();
        if (decoder.isByteLevel()) {
            return BytesAsCharacters.toBytes(token);
        }
        int single = decoder.hasByteFallback() ? ByteFallbackDecoder.byteOf(token) : -1;
        return single >= 0 ? new byte[] {(byte) single} : decoder.inText(token).getBytes(StandardCharsets.UTF_8);
    }

    private String tokenOrNull(int id) {
        AddedToken token = added.token(id);
        return token != null ? token.content() : model.vocabulary().token(id);
    }

    /** Whether the id is in the vocabulary. */
    boolean isKnown(int id) {
        return tokenOrNull(id) != null;
    }

    @Override
    public String token(int id) {
        String token = tokenOrNull(id);
        if (token == null) {
            throw new TransomException("tokenizer: a token id must be in the vocabulary of " + size + " tokens; got " + id
                    + ". Use the tokenizer that the ids came from.");
        }
        return token;
    }

    @Override
    public OptionalInt id(String token) {
        int id = added.ids().getOrDefault(token, model.vocabulary().id(token));
        return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
    }

    @Override
    public int vocabularySize() {
        return size;
    }

    @Override
    public boolean isSpecial(int id) {
        String token = tokenOrNull(id);
        return token != null && added.isSpecial(token);
    }

    @Override
    public OptionalInt special(SpecialRole role) {
        String token = pipeline.roles().get(role);
        return token == null ? OptionalInt.empty() : id(token);
    }

    @Override
    public Optional<Truncation> declaredTruncation() {
        return pipeline.truncation();
    }

    @Override
    public Optional<Padding> declaredPadding() {
        return pipeline.padding();
    }
}
