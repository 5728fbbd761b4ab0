package dev.transom.tokenizers.internal.postprocessor;

import dev.transom.tokenizers.internal.postprocessor.Encoded.Entry;
import java.util.ArrayList;
import java.util.List;

/**
 * BERT's markers: {@code [CLS] A [SEP]} and {@code [CLS] A [SEP] B [SEP]}.
 *
 * @param classifier the first marker, of segment 0
 * @param separator the marker behind a text, of segment 0
 */
public record BertProcessing(Entry classifier, Entry separator) implements PostProcessor {

    @Override
    public int addedTokens(boolean pair) {
        return pair ? 3 : 2;
    }

    @Override
    public List<Encoded> process(List<Encoded> parts, boolean addSpecialTokens) {
        if (!addSpecialTokens) {
            return parts;
        }
        List<Encoded> processed = new ArrayList<>(parts.size());
        for (Encoded part : parts) {
            processed.add(processed.isEmpty()
                    ? part.surrounded(List.of(classifier), List.of(separator))
                    : part.surrounded(List.of(), List.of(separator.withType(1))));
        }
        return processed;
    }
}
