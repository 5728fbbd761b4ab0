package dev.transom.tokenizers.internal.postprocessor;

import dev.transom.api.TransomException;
import dev.transom.tokenizers.internal.postprocessor.Encoded.Entry;
import java.util.ArrayList;
import java.util.List;

/**
 * Markers around texts as a template says.
 *
 * @param single the template of one text
 * @param pair the template of two
 */
public record TemplateProcessing(List<Part> single, List<Part> pair) implements PostProcessor {

    /** A place in a template. */
    public sealed interface Part {}

    /**
     * The place of a text.
     *
     * @param index 0 for the text, 1 for the pair
     * @param typeId the segment it gets
     */
    public record Text(int index, int typeId) implements Part {}

    /**
     * The place of markers.
     *
     * @param entries the markers, in order
     */
    public record Markers(List<Entry> entries) implements Part {}

    @Override
    public int addedTokens(boolean isPair) {
        return (isPair ? pair : single).stream().mapToInt(p -> p instanceof Markers m ? m.entries.size() : 0).sum();
    }

    @Override
    public List<Encoded> process(List<Encoded> parts, boolean addSpecialTokens) {
        if (parts.size() > 2) {
            throw new TransomException("template post-processor: it takes one text or a pair; an earlier step already made "
                    + parts.size() + " parts. Put the template last.");
        }
        List<Encoded> processed = new ArrayList<>();
        for (Part part : parts.size() == 2 ? pair : single) {
            switch (part) {
                case Text text -> processed.add(text(parts, text));
                case Markers markers when addSpecialTokens -> processed.add(Encoded.of(markers.entries));
                case Markers _ -> { }
            }
        }
        return processed;
    }

    private static Encoded text(List<Encoded> parts, Text text) {
        if (text.index >= parts.size()) {
            throw new TransomException("template post-processor: the template of one text must not name a second; it does.");
        }
        return parts.get(text.index).withType(text.typeId).withSequence(text.index);
    }
}
