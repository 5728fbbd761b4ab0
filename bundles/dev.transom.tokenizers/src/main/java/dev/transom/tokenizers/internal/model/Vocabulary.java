package dev.transom.tokenizers.internal.model;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** Tokens and their ids, which may have gaps. Immutable. */
public final class Vocabulary {

    private static final int ABSENT = -1;

    private final Map<String, Integer> ids;
    private final Map<Integer, String> tokens;
    /** {@code <0x00>} to {@code <0xFF>}, -1 where absent. */
    private final int[] byteIds = new int[256];

    /** @param ids the id of each token; the map is not copied and must not change */
    public Vocabulary(Map<String, Integer> ids) {
        this.ids = Collections.unmodifiableMap(ids);
        tokens = HashMap.newHashMap(ids.size());
        ids.forEach((token, id) -> tokens.put(id, token));
        for (int b = 0; b < 256; b++) {
            byteIds[b] = id(byteToken(b));
        }
    }

    /** The spelling of a byte in vocabularies with byte fallback. */
    public static String byteToken(int unsignedByte) {
        return String.format("<0x%02X>", unsignedByte);
    }

    /** The id of a token, or -1. */
    public int id(String token) {
        Integer id = ids.get(token);
        return id == null ? ABSENT : id;
    }

    /** The id of the token that stands for a byte, or -1. */
    public int byteId(int unsignedByte) {
        return byteIds[unsignedByte];
    }

    /** The token of an id, or null. */
    public String token(int id) {
        return tokens.get(id);
    }

    /** The number of tokens. */
    public int size() {
        return ids.size();
    }

    /** All tokens with their ids. */
    public Map<String, Integer> ids() {
        return ids;
    }
}
