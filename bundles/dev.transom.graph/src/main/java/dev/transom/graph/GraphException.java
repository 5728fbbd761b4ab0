package dev.transom.graph;

/** A rule of the graph language was broken; the message is one sentence naming the place, the rule and what came. */
public final class GraphException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public GraphException(String sentence) {
        super(sentence);
    }
}
