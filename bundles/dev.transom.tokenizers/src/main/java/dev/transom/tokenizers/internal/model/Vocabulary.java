package dev.transom.tokenizers.internal.model;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Tokens and their ids, which may have gaps. Immutable. */
public final class Vocabulary {

    private static final int ABSENT = -1;
    /** Ids beyond so many times the number of tokens are found by a map instead of an array. */
    private static final int SPARSE = 4;

    /** Receives a token and its id. */
    @FunctionalInterface
    public interface Entries {
        void accept(String token, int id);
    }

    /** Base of the hash: another one each time, so that no file can be made of tokens that collide. */
    private final int base = new SplittableRandom().nextInt() | 1;
    private final String[] tokens;
    /** The id of each token, null when it is the index. */
    private final int[] ids;
    /** Indices of tokens by hash, open addressing, -1 for none. */
    private final int[] slots;
    private final int size;
    /** The index of each id, -1 for none; null when ids are indices or too sparse. */
    private final int[] dense;
    private final Map<Integer, Integer> sparse = new HashMap<>();
    /** {@code <0x00>} to {@code <0xFF>}, -1 where absent. */
    private final int[] byteIds = new int[256];

    /** @param ids the id of each token */
    public Vocabulary(Map<String, Integer> ids) {
        tokens = new String[ids.size()];
        this.ids = new int[ids.size()];
        int at = 0;
        long highest = -1;
        for (Map.Entry<String, Integer> entry : ids.entrySet()) {
            tokens[at] = entry.getKey();
            this.ids[at++] = entry.getValue();
            highest = Math.max(highest, entry.getValue());
        }
        dense = highest < (long) SPARSE * tokens.length ? new int[(int) highest + 1] : null;
        if (dense != null) {
            Arrays.fill(dense, ABSENT);
        }
        for (int i = 0; i < tokens.length; i++) {
            if (dense != null) {
                dense[this.ids[i]] = i;
            } else {
                sparse.put(this.ids[i], i);
            }
        }
        slots = emptySlots();
        size = fillSlots();
        findBytes();
    }

    /** @param tokens the tokens by id; of equal ones the last is found by its text */
    public Vocabulary(List<String> tokens) {
        this.tokens = tokens.toArray(String[]::new);
        ids = null;
        dense = null;
        slots = emptySlots();
        size = fillSlots();
        findBytes();
    }

    private int[] emptySlots() {
        int[] empty = new int[Integer.highestOneBit(Math.max(tokens.length, 8)) * 4];
        Arrays.fill(empty, ABSENT);
        return empty;
    }

    private int fillSlots() {
        int distinct = 0;
        for (int i = 0; i < tokens.length; i++) {
            int slot = slot(tokens[i]);
            distinct += slots[slot] < 0 ? 1 : 0;
            slots[slot] = i;
        }
        return distinct;
    }

    /** The token's slot or the empty one where it belongs. */
    private int slot(String token) {
        int hash = 0;
        for (int i = 0; i < token.length(); i++) {
            hash = hash * base + token.charAt(i);
        }
        hash *= 0x9e3779b9;
        int slot = (hash ^ hash >>> 15) & slots.length - 1;
        while (slots[slot] >= 0 && !tokens[slots[slot]].equals(token)) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private void findBytes() {
        for (int b = 0; b < 256; b++) {
            byteIds[b] = id(byteToken(b));
        }
    }

    /** The spelling of a byte in vocabularies with byte fallback. */
    public static String byteToken(int unsignedByte) {
        return "<0x" + hexDigit(unsignedByte >> 4) + hexDigit(unsignedByte & 15) + ">";
    }

    private static char hexDigit(int value) {
        return (char) (value < 10 ? '0' + value : 'A' + value - 10);
    }

    /** The id of a token, or -1. */
    public int id(String token) {
        int index = slots[slot(token)];
        return index < 0 || ids == null ? index : ids[index];
    }

    /** The id of the token that stands for a byte, or -1. */
    public int byteId(int unsignedByte) {
        return byteIds[unsignedByte];
    }

    /** The token of an id, or null. */
    public String token(int id) {
        int index;
        if (ids == null) {
            index = id < tokens.length ? id : ABSENT;
        } else if (dense != null) {
            index = id >= 0 && id < dense.length ? dense[id] : ABSENT;
        } else {
            index = sparse.getOrDefault(id, ABSENT);
        }
        return index < 0 ? null : tokens[index];
    }

    /** The number of distinct tokens. */
    public int size() {
        return size;
    }

    /** The number of tokens, equal ones counted each: new ids start here. */
    public int entries() {
        return tokens.length;
    }

    /** Goes over all tokens and their ids. */
    public void forEach(Entries entries) {
        for (int i = 0; i < tokens.length; i++) {
            entries.accept(tokens[i], ids == null ? i : ids[i]);
        }
    }
}
