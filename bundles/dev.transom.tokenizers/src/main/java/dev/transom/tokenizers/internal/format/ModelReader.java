package dev.transom.tokenizers.internal.format;

import dev.transom.api.TransomException;
import dev.transom.tokenizers.internal.model.BpeModel;
import dev.transom.tokenizers.internal.model.BpeOptions;
import dev.transom.tokenizers.internal.model.Model;
import dev.transom.tokenizers.internal.model.UnigramModel;
import dev.transom.tokenizers.internal.model.Vocabulary;
import dev.transom.tokenizers.internal.model.WordLevelModel;
import dev.transom.tokenizers.internal.model.WordPieceModel;
import dev.transom.tokenizers.internal.text.Quoted;
import jakarta.json.stream.JsonParser.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the member {@code model} of tokenizer.json. */
final class ModelReader {

    private final JsonFile file;
    private final Map<String, Object> options = new LinkedHashMap<>();
    /** A vocabulary with ids. */
    private Map<String, Integer> ids;
    /** A vocabulary with scores, where the index is the id. */
    private List<String> tokens;
    private List<Double> scores;
    /** Left and right sides, one after the other. */
    private List<String> merges;

    ModelReader(JsonFile file) {
        this.file = file;
    }

    Model read(Event start) {
        if (start != Event.START_OBJECT) {
            throw node("model", file.value(start, 1)).refuse("an object");
        }
        for (Event event = file.next(); event != Event.END_OBJECT; event = file.next()) {
            String key = file.text();
            Event value = file.next();
            switch (key) {
                case "vocab" -> vocabulary(value);
                case "merges" -> merges(value);
                default -> options.put(key, file.value(value, 1));
            }
        }
        return model(node("model", options));
    }

    private JsonNode node(String path, Object value) {
        return file.node(path, value);
    }

    private void vocabulary(Event start) {
        switch (start) {
            case START_OBJECT -> vocabularyWithIds();
            case START_ARRAY -> vocabularyWithScores();
            default -> throw node("model.vocab", file.value(start, 2)).refuse("an object or a list");
        }
    }

    private void vocabularyWithIds() {
        ids = new HashMap<>();
        for (Event event = file.next(); event != Event.END_OBJECT; event = file.next()) {
            String token = file.text();
            Event value = file.next();
            ids.put(token, node("model.vocab." + token, file.value(value, 2)).count());
        }
    }

    private void vocabularyWithScores() {
        tokens = new ArrayList<>();
        scores = new ArrayList<>();
        for (Event event = file.next(); event != Event.END_ARRAY; event = file.next()) {
            JsonNode entry = node("model.vocab[" + tokens.size() + "]", file.value(event, 2));
            List<JsonNode> pair = entry.list();
            if (pair.size() != 2 || !(pair.get(1).value() instanceof Number score)
                    || !Double.isFinite(score.doubleValue())) {
                throw entry.refuse("a token and its score");
            }
            tokens.add(pair.get(0).string());
            scores.add(score.doubleValue());
        }
    }

    private void merges(Event start) {
        if (start != Event.START_ARRAY) {
            throw node("model.merges", file.value(start, 2)).refuse("a list");
        }
        merges = new ArrayList<>();
        for (Event event = file.next(); event != Event.END_ARRAY; event = file.next()) {
            JsonNode merge = node("model.merges[" + merges.size() / 2 + "]", file.value(event, 2));
            if (merge.isString()) {
                joinedMerge(merge);
            } else {
                List<JsonNode> sides = merge.list();
                if (sides.size() != 2) {
                    throw merge.refuse("two tokens");
                }
                sides.forEach(side -> merges.add(side.string()));
            }
        }
    }

    /** The old spelling: both sides in one string, parted by a space. */
    private void joinedMerge(JsonNode merge) {
        String both = merge.string();
        if (both.startsWith("#version")) {
            return;
        }
        int space = both.indexOf(' ');
        if (space < 0 || both.indexOf(' ', space + 1) >= 0) {
            throw merge.refuse("two tokens parted by one space");
        }
        merges.add(both.substring(0, space));
        merges.add(both.substring(space + 1));
    }

    private Model model(JsonNode model) {
        String type = model.find("type").map(JsonNode::string).orElseGet(() -> guessedType(model));
        return switch (type) {
            case "BPE" -> bpe(model);
            case "WordPiece" -> new WordPieceModel(vocabulary(model), model.string("unk_token", "[UNK]"),
                    model.string("continuing_subword_prefix", "##"), model.count("max_input_chars_per_word", 100));
            case "WordLevel" -> new WordLevelModel(vocabulary(model), model.string("unk_token", "<unk>"));
            case "Unigram" -> unigram(model);
            default -> throw model.get("type").refuse("BPE, WordPiece, WordLevel or Unigram");
        };
    }

    /** Old files do not name the type. */
    private String guessedType(JsonNode model) {
        if (merges != null) {
            return "BPE";
        }
        if (tokens != null) {
            return "Unigram";
        }
        return model.find("continuing_subword_prefix").isPresent() ? "WordPiece" : "WordLevel";
    }

    private Vocabulary vocabulary(JsonNode model) {
        if (ids == null) {
            throw model.get("vocab").refuse("an object of tokens and ids");
        }
        Vocabulary vocabulary = new Vocabulary(ids);
        ids.forEach((token, id) -> {
            if (!token.equals(vocabulary.token(id))) {
                throw new TransomException(model.where() + ".vocab: every token must have an id of its own; "
                        + Quoted.of(token) + " and " + Quoted.of(vocabulary.token(id)) + " both have " + id + ".");
            }
        });
        return vocabulary;
    }

    private Model bpe(JsonNode model) {
        Vocabulary vocabulary = vocabulary(model);
        if (merges == null) {
            throw model.get("merges").refuse("a list");
        }
        Optional<String> unknown = model.find("unk_token").map(JsonNode::string);
        return new BpeModel(model.where(), vocabulary, merges, new BpeOptions(unknown,
                model.string("continuing_subword_prefix", ""), model.string("end_of_word_suffix", ""),
                model.bool("fuse_unk", false), model.bool("byte_fallback", false), model.bool("ignore_merges", false)));
    }

    private Model unigram(JsonNode model) {
        if (tokens == null) {
            throw model.get("vocab").refuse("a list of tokens and scores");
        }
        Optional<JsonNode> unknown = model.find("unk_id");
        if (unknown.isPresent() && unknown.get().count() >= tokens.size()) {
            throw unknown.get().refuse("below the vocabulary's size " + tokens.size());
        }
        return new UnigramModel(tokens, scores.stream().mapToDouble(Double::doubleValue).toArray(),
                unknown.map(id -> OptionalInt.of(id.count())).orElse(OptionalInt.empty()),
                model.bool("byte_fallback", false));
    }
}
