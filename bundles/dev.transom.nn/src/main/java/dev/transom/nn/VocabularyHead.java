package dev.transom.nn;

import dev.transom.api.architecture.Head;
import dev.transom.api.architecture.Inputs;
import dev.transom.graph.Dim;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.List;
import java.util.Optional;

/**
 * Logits over the vocabulary for each token, or for those of {@link Inputs#SELECTED}: {@code x · weightᵀ (+ bias)}.
 *
 * @param head       lm or mlm, one output; labels NEXT_TOKEN or TOKEN
 * @param table      whole name of the matrix: the embedding's where tied, else {@code lm_head}
 * @param vocabulary rows of the matrix
 * @param bias       whole name of the bias, if there is one
 * @param transform  what stands before the matrix
 * @param softcap    if positive, logits become softcap·tanh(logit/softcap)
 */
public record VocabularyHead(Head head, String table, int vocabulary, Optional<String> bias, Optional<Transform> transform,
        double softcap) implements ModelHead {

    /** The language-modelling head: output {@code logits}, labels the token that follows. */
    public static VocabularyHead lm(String table, int vocabulary) {
        return new VocabularyHead(new Head("lm", List.of("logits"), Head.Labels.NEXT_TOKEN), table, vocabulary, Optional.empty(),
            Optional.empty(), 0);
    }

    /** The same with each token's own label, for encoder-decoders and masked models. */
    public static VocabularyHead unshifted(String name, String output, String table, int vocabulary) {
        return new VocabularyHead(new Head(name, List.of(output), Head.Labels.TOKEN), table, vocabulary, Optional.empty(),
            Optional.empty(), 0);
    }

    public VocabularyHead biased(String bias) {
        return new VocabularyHead(head, table, vocabulary, Optional.of(bias), transform, softcap);
    }

    public VocabularyHead with(Transform transform) {
        return new VocabularyHead(head, table, vocabulary, bias, Optional.of(transform), softcap);
    }

    /** Logits that never leave −softcap … softcap; 0 leaves them as they are. Gemma 2. */
    public VocabularyHead capped(double softcap) {
        return new VocabularyHead(head, table, vocabulary, bias, transform, softcap);
    }

    @Override
    public List<Value> outputs(Net net, Value hidden) {
        Value x = net.request().selected() ? net.g().gather(hidden, net.g().input(Inputs.SELECTED,
            Type.i32(Dim.bounded("selected", net.request().limits().selected())))) : hidden;
        return List.of(logits(net, transformed(net, x)));
    }

    /** Without a bias or a cap all logits are never held. */
    @Override
    public Value loss(Net net, Value hidden, List<Value> outputs) {
        Value labels = net.target().tokenLabels(Inputs.LABELS);
        if (bias.isPresent() || softcap > 0) {
            Value logits = net.request().selected() ? logits(net, transformed(net, hidden)) : outputs.getFirst();
            return net.g().crossEntropy(logits, labels);
        }
        Value x = transformed(net, hidden);
        return net.g().linearCrossEntropy(x, weight(net, x), labels);
    }

    private Value transformed(Net net, Value x) {
        return transform.map(layer -> layer.apply(net, x)).orElse(x);
    }

    private Value logits(Net net, Value x) {
        try (var _ = net.scope(head.name())) {
            Value plain = net.g().linear(x, weight(net, x));
            Value logits = bias.map(name -> net.g().add(plain, net.shared(name, vocabulary))).orElse(plain);
            return softcap > 0
                ? net.g().scale(net.g().unary("tanh", net.g().scale(logits, 1 / softcap)), softcap)
                : logits;
        }
    }

    private Value weight(Net net, Value x) {
        return net.shared(table + ".weight", vocabulary, x.shape().last().max());
    }
}
