package dev.transom.backend.cpu.internal;

import dev.transom.graph.Dim;
import dev.transom.graph.Graph;
import dev.transom.graph.Node;
import dev.transom.graph.Shape;
import dev.transom.graph.Type;
import dev.transom.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Neighbouring nodes that treat each row (of the first axis) by itself: bias, activation, residual, norm. Run block of rows by block
 * of rows ({@link RowChain}), what one of them writes is still in the cache when the next one reads it. Each kernel runs as it would run
 * on fewer tokens, so the bits stay the same, and no provider needs to know.
 */
final class RowChains {

    private static final Set<String> BY_ELEMENT = Set.of("add", "sub", "mul", "div", "affine", "relu", "gelu", "gelu_tanh",
        "quick_gelu", "silu", "tanh", "sigmoid", "softplus", "exp", "log", "sqrt", "rsqrt", "square");
    private static final Set<String> BY_LAST_AXIS = Set.of("layer_norm", "rms_norm", "softmax", "log_softmax", "l2_normalize");

    /** What a chain writes all stays in memory while it runs. */
    private static final int LONGEST = 6;

    /** For each member of a chain, by node: the chain. */
    private final Map<Integer, List<Node>> chains = new HashMap<>();

    RowChains(Graph graph) {
        List<Node> chain = new ArrayList<>();
        for (Node node : graph.nodes()) {
            if (node.isLeaf() || node.operation().equals("reshape")) {
                continue;
            }
            if (!byRow(node) || chain.size() == LONGEST || !chain.isEmpty() && !rows(node).equals(rows(chain.getFirst()))) {
                close(chain);
                chain = new ArrayList<>();
            }
            if (byRow(node)) {
                chain.add(node);
            }
        }
        close(chain);
    }

    private void close(List<Node> chain) {
        if (chain.size() > 1) {
            chain.forEach(node -> chains.put(node.id(), chain));
        }
    }

    /** The chain that a node begins, itself included; empty if it begins none. */
    List<Node> from(Node node) {
        List<Node> chain = chains.getOrDefault(node.id(), List.of());
        return !chain.isEmpty() && chain.getFirst() == node ? chain : List.of();
    }

    /** When something that a node touches must be there: all members of a chain run at once. */
    int start(Node node) {
        return chains.containsKey(node.id()) ? chains.get(node.id()).getFirst().id() : node.id();
    }

    int end(Node node) {
        return chains.containsKey(node.id()) ? chains.get(node.id()).getLast().id() : node.id();
    }

    /** Whether an input has a row for each row of the result; else all rows read the same. */
    static boolean sliced(Node node, Value input) {
        return input.shape().rank() == shape(node).rank() && input.shape().dim(0).equals(rows(node));
    }

    private static boolean byRow(Node node) {
        boolean known = BY_ELEMENT.contains(node.operation()) || BY_LAST_AXIS.contains(node.operation())
            || node.operation().equals("slice") && node.attributes().int32("axis") > 0;
        return known && node.types().size() == 1 && node.types().getFirst() instanceof Type.TensorType && shape(node).rank() > 1
            && rows(node) instanceof Dim.Bounded
            && node.inputs().stream().allMatch(input -> sliced(node, input) || same(node, input));
    }

    private static boolean same(Node node, Value input) {
        return input.type() instanceof Type.TensorType
            && (input.shape().rank() < shape(node).rank() || input.shape().dim(0).equals(Dim.of(1)));
    }

    private static Shape shape(Node node) {
        return ((Type.TensorType) node.types().getFirst()).shape();
    }

    private static Dim rows(Node node) {
        return shape(node).dim(0);
    }
}
