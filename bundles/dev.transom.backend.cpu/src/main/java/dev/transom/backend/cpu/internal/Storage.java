package dev.transom.backend.cpu.internal;

import dev.transom.graph.Graph;
import dev.transom.graph.Node;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where each tensor of a graph lies in the arena of a workspace: planned once for the maxima, by liveness, so that a place is reused
 * as soon as nobody reads it any more. Reshapes are aliases. Inputs and outputs keep their places, for the host reads and writes them
 * between runs.
 */
final class Storage {

    private static final long ALIGNMENT = 64;
    /** Behind every tensor, so that a vector may be read past its end. */
    private static final long PADDING = 64;

    private final Map<Value, Value> roots = new HashMap<>();
    private final Map<Value, Long> offsets = new HashMap<>();
    private long bytes;

    /** @param chains nodes that run at once, so that what one of them reads stays until the last has run */
    Storage(Graph graph, RowChains chains) {
        for (Node node : graph.nodes()) {
            for (int i = 0; i < node.types().size(); i++) {
                Value value = node.output(i);
                roots.put(value, node.operation().equals("reshape") ? root(node.inputs().getFirst()) : value);
            }
        }
        place(spans(graph, chains));
    }

    /** The value whose memory this one shares; itself if it has its own. */
    Value root(Value value) {
        return roots.get(value);
    }

    /** Where a root lies in the arena; only for inputs and results of operations. */
    long offset(Value root) {
        return offsets.get(root);
    }

    boolean inArena(Value root) {
        return offsets.containsKey(root);
    }

    /** Bytes of the arena. */
    long bytes() {
        return bytes;
    }

    private List<Span> spans(Graph graph, RowChains chains) {
        Map<Value, Span> spans = new HashMap<>();
        List<Span> ordered = new ArrayList<>();
        for (Node node : graph.nodes()) {
            node.inputs().forEach(value -> use(spans, root(value), chains.end(node)));
            boolean stored = !node.isLeaf() && !node.operation().equals("reshape");
            for (int i = 0; i < node.types().size(); i++) {
                boolean input = node.operation().equals(Node.INPUT);
                if ((stored || input) && node.types().get(i) instanceof Type.TensorType type) {
                    Span span = new Span(node.output(i), type.maxBytes(), input ? 0 : chains.start(node));
                    span.end = input ? Integer.MAX_VALUE : chains.end(node);
                    spans.put(node.output(i), span);
                    ordered.add(span);
                }
            }
        }
        graph.outputs().values().forEach(value -> use(spans, root(value), Integer.MAX_VALUE));
        return ordered;
    }

    private static void use(Map<Value, Span> spans, Value root, int at) {
        Span span = spans.get(root);
        if (span != null) {
            span.end = Math.max(span.end, at);
        }
    }

    /** Largest first, each at the lowest place that is free all its life. */
    private void place(List<Span> spans) {
        List<Span> placed = new ArrayList<>();
        spans.sort(Comparator.comparingLong((Span span) -> -span.bytes));
        for (Span span : spans) {
            long at = 0;
            for (Span other : placed) {
                if (other.start <= span.end && span.start <= other.end) {
                    if (at + span.bytes <= other.offset) {
                        break;
                    }
                    at = Math.max(at, other.offset + other.bytes);
                }
            }
            span.offset = at;
            insert(placed, span);
            offsets.put(span.value, at);
            bytes = Math.max(bytes, at + span.bytes);
        }
    }

    private static void insert(List<Span> placed, Span span) {
        int at = placed.size();
        while (at > 0 && placed.get(at - 1).offset > span.offset) {
            at--;
        }
        placed.add(at, span);
    }

    private static final class Span {
        final Value value;
        final long bytes;
        final int start;
        int end;
        long offset;

        Span(Value value, long bytes, int start) {
            this.value = value;
            this.bytes = (bytes + PADDING + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
            this.start = start;
        }
    }
}
