package dev.transom.app.quantize.internal;

import dev.transom.api.TransomException;
import dev.transom.api.config.Config;
import dev.transom.api.format.ModelFiles;
import dev.transom.api.tokenizer.EncodeOptions;
import dev.transom.api.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Says tokenizer.json, where it is a byte-level BPE or a BPE with byte fallback, in the words of a GGUF file. A model without one gets no
 * vocabulary: llama.cpp reads it, for ids only.
 */
final class VocabularyWords {

    private static final long NORMAL = 1;
    private static final long UNKNOWN = 2;
    private static final long CONTROL = 3;
    private static final long USER_DEFINED = 4;
    private static final long UNUSED = 5;
    private static final long BYTE = 6;

    private final ModelFiles files;
    private final int size;

    /** @param size rows of the embedding, which may be more than there are tokens */
    VocabularyWords(ModelFiles files, int size) {
        this.files = files;
        this.size = size;
    }

    void putInto(Map<String, Object> values) {
        Config json = files.json("tokenizer.json").orElse(null);
        if (json == null) {
            values.put("tokenizer.ggml.model", "none");
            return;
        }
        Config model = json.object("model").orElseThrow(() -> json.missing("model"));
        boolean bytes = model.flag("byte_fallback", false);
        if (!model.text("type", "BPE").equals("BPE")) {
            throw new TransomException(json.where() + ": the tokenizer must be a BPE to be written as GGUF; it is a "
                + model.text("type", "") + ". This model cannot be written as GGUF with its vocabulary.");
        }
        List<String> merges = model.list("merges").stream().map(VocabularyWords::merge).toList();
        String[] tokens = new String[size];
        long[] types = new long[size];
        fill(json, model, tokens, types);
        values.put("tokenizer.ggml.model", bytes ? "llama" : "gpt2");
        values.put("tokenizer.ggml.pre", bytes ? "default" : splitting(String.valueOf(json.values().get("pre_tokenizer"))));
        values.put("tokenizer.ggml.tokens", Arrays.asList(tokens));
        if (bytes) {
            values.put("tokenizer.ggml.scores", scores(tokens, merges));
        } else {
            values.put("tokenizer.ggml.merges", merges);
        }
        values.put("tokenizer.ggml.token_type", Arrays.stream(types).boxed().toList());
        ids(values);
        files.chatTemplate().ifPresent(template -> values.put("tokenizer.chat_template", template));
    }

    private void fill(Config json, Config model, String[] tokens, long[] types) {
        Config vocabulary = model.object("vocab").orElseThrow(() -> model.missing("vocab"));
        vocabulary.values().forEach((token, id) -> put(json, token, id, tokens, types, token.matches("<0x[0-9A-F]{2}>") ? BYTE : NORMAL));
        for (Object element : json.list("added_tokens")) {
            if (element instanceof Map<?, ?> added && added.get("content") instanceof String token) {
                put(json, token, added.get("id"), tokens, types, Boolean.TRUE.equals(added.get("special"))
                    ? token.equals(model.text("unk_token", "")) ? UNKNOWN : CONTROL : USER_DEFINED);
            }
        }
        for (int id = 0; id < size; id++) {
            if (tokens[id] == null) {
                tokens[id] = "[PAD" + id + "]";
                types[id] = UNUSED;
            }
        }
    }

    private void put(Config json, String token, Object id, String[] tokens, long[] types, long type) {
        if (!(id instanceof Long number) || number < 0 || number >= size) {
            throw json.wrong("model.vocab", "ids below the embedding's " + size + " rows", token + " = " + id);
        }
        tokens[number.intValue()] = token;
        types[number.intValue()] = type;
    }

    private static String merge(Object merge) {
        return merge instanceof List<?> pair && pair.size() == 2 ? pair.getFirst() + " " + pair.getLast() : String.valueOf(merge);
    }

    /** The earlier a merge, the higher the score of what it makes, so that merging by scores gives the same tokens. */
    private static List<Double> scores(String[] tokens, List<String> merges) {
        Map<String, Integer> ranks = new HashMap<>();
        for (int rank = 0; rank < merges.size(); rank++) {
            ranks.putIfAbsent(merges.get(rank).replaceFirst(" ", ""), rank);
        }
        List<Double> scores = new ArrayList<>();
        for (String token : tokens) {
            scores.add(ranks.containsKey(token) ? -1.0 - ranks.get(token) : 0.0);
        }
        return scores;
    }

    /** llama.cpp's name of the rule that cuts a text before merging, told by its pattern. */
    private static String splitting(String rule) {
        if (rule.contains("\\p{N}{1,3}")) {
            return "llama-bpe";
        }
        if (rule.contains("\\p{N}") && rule.contains("(?i:")) {
            return "qwen2";
        }
        return rule.contains("\\p{") ? "default" : "gpt-2";
    }

    private void ids(Map<String, Object> values) {
        Config config = files.config();
        List<Integer> begin = first(config.ids("bos_token_id"), files.generationConfig().ids("bos_token_id"));
        List<Integer> ends = first(files.generationConfig().ids("eos_token_id"), config.ids("eos_token_id"));
        List<Integer> pad = first(config.ids("pad_token_id"), files.generationConfig().ids("pad_token_id"));
        put(values, "bos", begin, 0);
        put(values, "eos", ends, 0);
        put(values, "eot", ends, 1);
        put(values, "padding", pad, 0);
        Tokenizer tokenizer = files.tokenizer().orElse(null);
        if (tokenizer != null) {
            int[] marked = tokenizer.encode("a", EncodeOptions.WITH_SPECIAL_TOKENS).ids();
            int[] plain = tokenizer.encode("a", EncodeOptions.PLAIN).ids();
            values.put("tokenizer.ggml.add_bos_token", marked.length > plain.length && !begin.isEmpty() && marked[0] == begin.getFirst());
            values.put("tokenizer.ggml.add_space_prefix", plain.length > 0 && tokenizer.token(plain[0]).startsWith("▁"));
        }
    }

    private static List<Integer> first(List<Integer> one, List<Integer> other) {
        return one.isEmpty() ? other : Collections.unmodifiableList(one);
    }

    private static void put(Map<String, Object> values, String role, List<Integer> ids, int index) {
        if (ids.size() > index && ids.get(index) >= 0) {
            values.put("tokenizer.ggml." + role + "_token_id", (long) ids.get(index));
        }
    }
}
