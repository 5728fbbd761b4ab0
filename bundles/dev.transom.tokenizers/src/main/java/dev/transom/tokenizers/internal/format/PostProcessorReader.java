package dev.transom.tokenizers.internal.format;

import dev.transom.tokenizers.internal.postprocessor.BertProcessing;
import dev.transom.tokenizers.internal.postprocessor.ByteLevelOffsets;
import dev.transom.tokenizers.internal.postprocessor.Encoded.Entry;
import dev.transom.tokenizers.internal.postprocessor.PostProcessor;
import dev.transom.tokenizers.internal.postprocessor.RobertaProcessing;
import dev.transom.tokenizers.internal.postprocessor.TemplateProcessing;
import java.util.ArrayList;
import java.util.List;

/** Reads the member {@code post_processor} of tokenizer.json. */
final class PostProcessorReader {

    private PostProcessorReader() {}

    static PostProcessor read(JsonNode node) {
        return switch (node.type()) {
            case "Sequence" ->
                    PostProcessor.sequence(node.get("processors").list().stream().map(PostProcessorReader::read).toList());
            case "ByteLevel" ->
                    new ByteLevelOffsets(node.bool("trim_offsets", true), node.bool("add_prefix_space", true));
            case "BertProcessing" -> new BertProcessing(marker(node.get("cls")), marker(node.get("sep")));
            case "RobertaProcessing" -> new RobertaProcessing(marker(node.get("cls")), marker(node.get("sep")),
                    node.bool("trim_offsets", true), node.bool("add_prefix_space", true));
            case "TemplateProcessing" -> {
                JsonNode markers = node.get("special_tokens");
                yield new TemplateProcessing(template(node.get("single"), markers, false),
                        template(node.get("pair"), markers, true));
            }
            default -> throw node.get("type").refuse("a known post-processor");
        };
    }

    private static Entry marker(JsonNode node) {
        List<JsonNode> pair = node.list();
        if (pair.size() != 2) {
            throw node.refuse("a token and its id");
        }
        return Entry.marker(pair.get(1).count(), pair.get(0).string(), 0);
    }

    private static List<TemplateProcessing.Part> template(JsonNode pieces, JsonNode markers, boolean pair) {
        List<TemplateProcessing.Part> parts = new ArrayList<>();
        for (JsonNode piece : pieces.list()) {
            if (piece.find("Sequence").isPresent()) {
                parts.add(text(piece.get("Sequence"), pair));
            } else if (piece.find("SpecialToken").isPresent()) {
                parts.add(markers(piece.get("SpecialToken"), markers));
            } else {
                throw piece.refuse("an object with Sequence or SpecialToken");
            }
        }
        return parts;
    }

    private static TemplateProcessing.Text text(JsonNode sequence, boolean pair) {
        JsonNode id = sequence.get("id");
        int index = switch (id.string()) {
            case "A" -> 0;
            case "B" -> 1;
            default -> throw id.refuse("A or B");
        };
        if (index == 1 && !pair) {
            throw id.refuse("A in the template of one text");
        }
        return new TemplateProcessing.Text(index, sequence.count("type_id", 0));
    }

    private static TemplateProcessing.Markers markers(JsonNode place, JsonNode markers) {
        JsonNode marker = markers.get(place.get("id").string());
        if (marker.isNull()) {
            throw place.get("id").refuse("a key of special_tokens");
        }
        List<JsonNode> ids = marker.get("ids").list();
        List<JsonNode> tokens = marker.get("tokens").list();
        if (ids.size() != tokens.size()) {
            throw marker.get("ids").refuse("as long as tokens, " + tokens.size());
        }
        int typeId = place.count("type_id", 0);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            entries.add(Entry.marker(ids.get(i).count(), tokens.get(i).string(), typeId));
        }
        return new TemplateProcessing.Markers(entries);
    }
}
