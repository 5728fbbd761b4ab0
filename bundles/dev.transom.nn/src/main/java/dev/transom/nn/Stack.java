package dev.transom.nn;

import dev.transom.api.architecture.GraphRequest.Extra;
import dev.transom.graph.Value;
import java.util.List;
import java.util.Optional;

/**
 * An encoder or a decoder: embedding, layers, and what closes it.
 *
 * @param name          names its parameters: encoder or decoder
 * @param hidden        width of the residual stream
 * @param embedding     how ids become rows
 * @param position      what is added to embeddings, and which frequencies its attention turns by
 * @param layers        in order
 * @param normalisation what closes the stack
 * @param dropout       of the embedding sum
 */
public record Stack(String name, int hidden, Embedding embedding, Position position, List<Layer> layers,
        Normalisation normalisation, double dropout) {

    public Stack {
        layers = List.copyOf(layers);
    }

    public Stack with(List<Layer> layers) {
        return new Stack(name, hidden, embedding, position, layers, normalisation, dropout);
    }

    public Stack with(Embedding embedding) {
        return new Stack(name, hidden, embedding, position, layers, normalisation, dropout);
    }

    /**
     * Builds the stack.
     *
     * @param memory what cross-attention reads
     * @param given  whether embedding rows are an input
     * @param states how the outputs of {@link Extra#HIDDEN_STATES} are called: {@code STATES.0} …
     * @return the last hidden state {@code [tokens, hidden]}
     */
    Value apply(Net net, Side side, Optional<Memory> memory, boolean given, String states) {
        try (var _ = net.scope(name)) {
            Value x = embedding.apply(net, side, position, hidden, dropout, given);
            for (int i = 0; i < layers.size(); i++) {
                state(net, states, i, x);
                x = layers.get(i).apply(net, side, x, memory);
            }
            Value last = normalisation.last(net, x);
            state(net, states, layers.size(), last);
            return last;
        }
    }

    private static void state(Net net, String states, int index, Value x) {
        if (net.request().extras().contains(Extra.HIDDEN_STATES)) {
            net.g().output(states + "." + index, x);
        }
    }

    /** Builds the layers' names: {@code layers.0} … */
    static String layer(int index) {
        return "layers." + index;
    }
}
