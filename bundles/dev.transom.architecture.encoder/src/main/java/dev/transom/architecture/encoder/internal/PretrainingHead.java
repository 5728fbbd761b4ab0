package dev.transom.architecture.encoder.internal;

import dev.transom.api.architecture.Head;
import dev.transom.api.architecture.Inputs;
import dev.transom.graph.Value;
import dev.transom.nn.ModelHead;
import dev.transom.nn.Net;
import dev.transom.nn.RowHead;
import dev.transom.nn.VocabularyHead;
import java.util.List;
import java.util.stream.Stream;

/**
 * BERT's two tasks at once: masked tokens and whether the second sentence follows the first. The loss is the sum of both.
 *
 * @param mlm          logits of tokens
 * @param nextSentence logits of pairs
 */
record PretrainingHead(VocabularyHead mlm, RowHead nextSentence) implements ModelHead {

    @Override
    public Head head() {
        return new Head("pretraining", Stream.of(mlm, nextSentence).flatMap(part -> part.head().outputs().stream()).toList(),
            Head.Labels.TOKEN_AND_NEXT_SENTENCE);
    }

    @Override
    public List<Value> outputs(Net net, Value hidden) {
        return List.of(mlm.outputs(net, hidden).getFirst(), nextSentence.outputs(net, hidden).getFirst());
    }

    @Override
    public Value loss(Net net, Value hidden, List<Value> outputs) {
        Value pairs = net.g().crossEntropy(outputs.getLast(), net.target().rowLabels(Inputs.NEXT_SENTENCE_LABELS));
        return net.g().add(mlm.loss(net, hidden, outputs.subList(0, 1)), pairs);
    }
}
