package dev.transom.tokenizers.internal.postprocessor;

import dev.transom.tokenizers.internal.postprocessor.Encoded.Entry;
import java.util.ArrayList;
import java.util.List;

/**
 * RoBERTa's markers: {@code <s> A </s>} and {@code <s> A </s> </s> B </s>}, all of segment 0.
 *
 * @param classifier the first marker
 * @param separator the marker around texts
 * @param trimOffsets whether white space is taken out of the offsets
 * @param addPrefixSpace whether encoding put a space before the text
 */
public record RobertaProcessing(Entry classifier, Entry separator, boolean trimOffsets, boolean addPrefixSpace)
        implements PostProcessor {

    @Override
    public int addedTokens(boolean pair) {
        return pair ? 4 : 2;
    }

    @Override
    public List<Encoded> process(List<Encoded> parts, boolean addSpecialTokens) {
        List<Encoded> processed = new ArrayList<>(parts.size());
        for (Encoded part : parts) {
            Encoded trimmed = trimOffsets ? ByteLevelOffsets.trimmed(part, addPrefixSpace) : part;
            Encoded own = addSpecialTokens ? trimmed.mapAll(p -> p.withType(0)) : trimmed.withType(0);
            if (addSpecialTokens) {
                own = own.surrounded(List.of(processed.isEmpty() ? classifier : separator), List.of(separator));
            }
            processed.add(own);
        }
        return processed;
    }
}
