package dev.transom.tokenizers.internal.gguf;

import dev.transom.api.TransomException;
import dev.transom.api.config.Config;
import dev.transom.tokenizers.internal.text.Quoted;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The lists and ids of a GGUF vocabulary, checked against each other. */
final class GgufTokens {

    static final String PREFIX = "tokenizer.ggml.";

    static final int UNKNOWN = 2;
    static final int CONTROL = 3;
    static final int USER_DEFINED = 4;
    static final int UNUSED = 5;
    static final int BYTE = 6;

    private final String where;
    private final Config metadata;
    final List<String> texts;
    /** Zeros when the file has none. */
    final float[] scores;
    /** Null when the file has none: all are normal. */
    private final byte[] types;

    GgufTokens(String where, Config metadata) {
        this.where = where;
        this.metadata = metadata;
        texts = texts("tokens");
        if (texts.isEmpty()) {
            throw refusal("tokens", "a list of texts", "none");
        }
        scores = scores();
        types = types();
    }

    TransomException refusal(String key, String rule, Object got) {
        return new TransomException(where + ": " + PREFIX + key + " must be " + rule + "; got " + got + ".");
    }

    List<String> texts(String key) {
        List<?> list = metadata.list(PREFIX + key);
        List<String> texts = new ArrayList<>(list.size());
        for (Object element : list) {
            if (!(element instanceof String text)) {
                throw refusal(key, "a list of texts", Quoted.of(String.valueOf(element)));
            }
            texts.add(text);
        }
        return texts;
    }

    private float[] scores() {
        float[] values = new float[texts.size()];
        if (!metadata.has(PREFIX + "scores")) {
            return values;
        }
        Iterator<?> list = ofEveryToken("scores");
        for (int i = 0; i < values.length; i++) {
            if (!(list.next() instanceof Number score) || !Double.isFinite(score.doubleValue())) {
                throw refusal("scores", "a list of finite numbers", "something else for token " + i);
            }
            values[i] = score.floatValue();
        }
        return values;
    }

    private byte[] types() {
        if (!metadata.has(PREFIX + "token_type")) {
            return null;
        }
        byte[] values = new byte[texts.size()];
        Iterator<?> list = ofEveryToken("token_type");
        for (int i = 0; i < values.length; i++) {
            if (!(list.next() instanceof Long type)) {
                throw refusal("token_type", "a list of integers", "something else for token " + i);
            }
            values[i] = type >= 0 && type <= BYTE ? (byte) (long) type : 0;
        }
        return values;
    }

    private Iterator<?> ofEveryToken(String key) {
        List<?> list = metadata.list(PREFIX + key);
        if (list.size() < texts.size()) {
            throw refusal(key, "as long as the list of " + texts.size() + " tokens", "a list of " + list.size());
        }
        return list.iterator();
    }

    int type(int id) {
        return types == null ? 1 : types[id];
    }

    /** The token of an id that the file names, else the usual one; empty where neither is in the vocabulary. */
    OptionalInt id(String key, int usual) {
        Optional<Long> named = metadata.integer(PREFIX + key);
        long id = named.orElse((long) usual);
        return id >= 0 && id < texts.size() ? OptionalInt.of((int) id) : OptionalInt.empty();
    }

    Optional<String> text(String key) {
        return metadata.text(PREFIX + key);
    }

    boolean flag(String key, boolean otherwise) {
        return metadata.flag(PREFIX + key, otherwise);
    }

    byte[] bytes(String key) {
        List<?> list = metadata.list(PREFIX + key);
        byte[] bytes = new byte[list.size()];
        int at = 0;
        for (Object element : list) {
            if (!(element instanceof Long value)) {
                throw refusal(key, "a list of bytes", "something else");
            }
            bytes[at++] = (byte) (long) value;
        }
        return bytes;
    }

    String where() {
        return where;
    }

    /** The model's name in lower case, empty if the file does not say. */
    String modelName() {
        return metadata.text("general.name").orElse("").toLowerCase(java.util.Locale.ROOT);
    }
}
