package dev.transom.tokenizers.internal.format;

import dev.transom.api.tokenizer.SpecialRole;
import dev.transom.tokenizers.internal.AddedToken;
import dev.transom.tokenizers.internal.Pipeline;
import dev.transom.tokenizers.internal.model.Model;
import dev.transom.tokenizers.internal.postprocessor.PostProcessor;
import jakarta.json.stream.JsonParser.Event;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads tokenizer.json and the roles of tokenizer_config.json. */
final class PipelineReader {

    private PipelineReader() {}

    static Pipeline read(JsonFile file, Map<SpecialRole, String> roles) {
        Event start = file.next();
        if (start != Event.START_OBJECT) {
            throw file.node("", file.value(start, 0)).refuse("an object");
        }
        Map<String, Object> members = new LinkedHashMap<>();
        Model model = null;
        for (Event event = file.next(); event != Event.END_OBJECT; event = file.next()) {
            String key = file.text();
            Event value = file.next();
            if (key.equals("model")) {
                model = new ModelReader(file).read(value);
            } else {
                members.put(key, file.value(value, 1));
            }
        }
        JsonNode root = file.node("", members);
        if (model == null) {
            throw root.get("model").refuse("an object");
        }
        root.find("version").filter(v -> !v.string().equals("1.0")).ifPresent(v -> {
            throw v.refuse("1.0");
        });
        return new Pipeline(
                root.find("added_tokens").map(PipelineReader::addedTokens).orElse(List.of()),
                root.find("normalizer").map(NormalizerReader::read).orElse(text -> { }),
                root.find("pre_tokenizer").map(PreTokenizerReader::read).orElse(text -> { }),
                model,
                root.find("post_processor").map(PostProcessorReader::read).orElse(PostProcessor.NONE),
                root.find("decoder").map(DecoderReader::read),
                roles,
                root.find("truncation").map(LengthReader::truncation),
                root.find("padding").map(LengthReader::padding));
    }

    private static List<AddedToken> addedTokens(JsonNode tokens) {
        return tokens.list().stream().map(PipelineReader::addedToken).toList();
    }

    static AddedToken addedToken(JsonNode node) {
        return new AddedToken(
                node.get("content").string(),
                node.bool("single_word", false),
                node.bool("lstrip", false),
                node.bool("rstrip", false),
                node.bool("normalized", true),
                node.bool("special", false),
                true);
    }

    /** The content of each token that plays a role: a string, or an object that describes an added token. */
    static Map<SpecialRole, String> roles(JsonFile file) {
        return roles(file.node("", file.value(file.next(), 0)));
    }

    static Map<SpecialRole, String> roles(JsonNode root) {
        Map<SpecialRole, String> roles = new EnumMap<>(SpecialRole.class);
        for (SpecialRole role : SpecialRole.values()) {
            root.find(role.key()).ifPresent(node ->
                    roles.put(role, node.isString() ? node.string() : node.get("content").string()));
        }
        return roles;
    }
}
