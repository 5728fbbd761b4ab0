package dev.transom.tokenizers.internal.gguf;

import dev.transom.api.tokenizer.SpecialRole;
import dev.transom.tokenizers.internal.postprocessor.Encoded.Entry;
import dev.transom.tokenizers.internal.postprocessor.PostProcessor;
import dev.transom.tokenizers.internal.postprocessor.TemplateProcessing;
import dev.transom.tokenizers.internal.postprocessor.TemplateProcessing.Markers;
import dev.transom.tokenizers.internal.postprocessor.TemplateProcessing.Part;
import dev.transom.tokenizers.internal.postprocessor.TemplateProcessing.Text;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The ids of a GGUF vocabulary that play a role, and the markers that stand around texts. */
final class GgufRoles {

    private static final int BERT_SEPARATOR = 102;

    private final GgufTokens tokens;
    private final Map<SpecialRole, OptionalInt> ids = new EnumMap<>(SpecialRole.class);

    /** The usual ids of a kind of vocabulary, -1 for none. */
    GgufRoles(GgufTokens tokens, int begin, int end, int unknown, int pad, int mask) {
        this.tokens = tokens;
        ids.put(SpecialRole.BEGIN, tokens.id("bos_token_id", begin));
        ids.put(SpecialRole.END, tokens.id("eos_token_id", end));
        ids.put(SpecialRole.UNKNOWN, tokens.id("unknown_token_id", unknown));
        ids.put(SpecialRole.PAD, tokens.id("padding_token_id", pad));
        ids.put(SpecialRole.MASK, tokens.id("mask_token_id", mask));
        // The misspelling is the format's.
        ids.put(SpecialRole.SEPARATOR, tokens.id("seperator_token_id", mask < 0 ? -1 : BERT_SEPARATOR));
        ids.put(SpecialRole.CLASSIFIER, tokens.id("cls_token_id", mask < 0 ? -1 : begin));
    }

    OptionalInt id(SpecialRole role) {
        return ids.get(role);
    }

    Map<SpecialRole, String> tokens() {
        Map<SpecialRole, String> texts = new EnumMap<>(SpecialRole.class);
        ids.forEach((role, id) -> id.ifPresent(i -> texts.put(role, tokens.texts.get(i))));
        return texts;
    }

    /** Begin and end where the file wants them, else as the kind of vocabulary does. */
    PostProcessor around(boolean begin, boolean end) {
        List<Part> single = new ArrayList<>();
        boolean begins = tokens.flag("add_bos_token", begin);
        boolean ends = tokens.flag("add_eos_token", end);
        add(single, begins, SpecialRole.BEGIN, 0);
        single.add(new Text(0, 0));
        List<Part> pair = new ArrayList<>(single);
        add(pair, ends, SpecialRole.END, 0);
        pair.add(new Text(1, 0));
        add(single, ends, SpecialRole.END, 0);
        add(pair, ends, SpecialRole.END, 0);
        return new TemplateProcessing(single, pair);
    }

    /** BERT's: classifier, text, separator, and the pair with another separator. */
    PostProcessor aroundWords() {
        List<Part> single = new ArrayList<>();
        add(single, true, SpecialRole.BEGIN, 0);
        single.add(new Text(0, 0));
        add(single, true, SpecialRole.SEPARATOR, 0);
        List<Part> pair = new ArrayList<>(single);
        pair.add(new Text(1, 1));
        add(pair, true, SpecialRole.SEPARATOR, 1);
        return new TemplateProcessing(single, pair);
    }

    private void add(List<Part> parts, boolean wanted, SpecialRole role, int typeId) {
        OptionalInt id = ids.get(role);
        if (wanted && id.isPresent()) {
            parts.add(new Markers(List.of(Entry.marker(id.getAsInt(), tokens.texts.get(id.getAsInt()), typeId))));
        }
    }
}
