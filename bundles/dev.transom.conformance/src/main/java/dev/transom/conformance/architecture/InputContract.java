package dev.transom.conformance.architecture;

import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.architecture.Inputs;
import dev.transom.api.architecture.ModelFacts.Structure;
import dev.transom.graph.Dim;
import dev.transom.graph.ElementType;
import dev.transom.graph.Graph;
import dev.transom.graph.Node;
import dev.transom.graph.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A graph declares only inputs of {@link Inputs}, only those that its request has values for, in the shapes stated there. */
record InputContract(Subject subject, GraphRequest request, Graph graph) {

    void check(List<String> broken) {
        Map<String, Dim> dims = new HashMap<>();
        for (Node node : graph.inputs()) {
            boolean source = node.name().startsWith(Inputs.SOURCE);
            String name = source ? node.name().substring(Inputs.SOURCE.length()) : node.name();
            if (source && subject.facts().structure() != Structure.ENCODER_DECODER) {
                broken.add("input " + node.name() + " is for encoder-decoders only; this is none.");
            }
            String shape = shape(name);
            if (shape == null) {
                broken.add("inputs must be those of dev.transom.api.architecture.Inputs; " + node.name() + " is not.");
            } else if (!due(name)) {
                broken.add("input " + node.name() + " must be declared only where the request asks for it; this does not.");
            } else {
                type(node, source, shape, dims, broken);
            }
        }
        boolean embeds = graph.inputs().stream().anyMatch(node -> node.name().endsWith(Inputs.EMBEDDINGS));
        if (request.embeddings() && !embeds) {
            broken.add("embedding rows must be an input in place of ids; they are not.");
        }
    }

    /** Dimensions as {@link Inputs} gives them; a dimension that is fixed by the model is *. Null for an unknown name. */
    private static String shape(String name) {
        return switch (name) {
            case Inputs.TOKENS, Inputs.POSITIONS, Inputs.TOKEN_TYPES, Inputs.SLOTS -> "I32 tokens";
            case Inputs.EMBEDDINGS -> "F32 tokens *";
            case Inputs.OFFSETS -> "I32 rows+1";
            case Inputs.FIRST, Inputs.LAST, Inputs.LENGTHS, Inputs.START_LABELS, Inputs.END_LABELS, Inputs.NEXT_SENTENCE_LABELS ->
                "I32 rows";
            case Inputs.ROPE_FREQUENCIES -> "F32 rows *";
            case Inputs.SELECTED -> "I32 selected";
            case Inputs.BLOCK_TABLES -> "I32 rows blocks";
            case Inputs.SEED -> "I32 *";
            case Inputs.LABELS -> "";
            default -> null;
        };
    }

    private boolean due(String name) {
        return switch (name) {
            case Inputs.EMBEDDINGS -> request.embeddings();
            case Inputs.SELECTED -> request.selected();
            case Inputs.SLOTS, Inputs.BLOCK_TABLES, Inputs.LENGTHS -> request.cached();
            case Inputs.SEED -> request.dropout();
            case Inputs.LABELS, Inputs.START_LABELS, Inputs.END_LABELS, Inputs.NEXT_SENTENCE_LABELS -> request.loss();
            default -> true;
        };
    }

    private void type(Node node, boolean source, String shape, Map<String, Dim> dims, List<String> broken) {
        if (shape.isEmpty()) {
            return; // What labels are, the head says.
        }
        Type.TensorType type = node.output().tensor();
        String[] words = shape.split(" ");
        boolean fits = type.element() == ElementType.valueOf(words[0]) && type.shape().rank() == words.length - 1;
        for (int axis = 0; fits && axis < words.length - 1; axis++) {
            fits = dim(words[axis + 1], source, type.shape().dim(axis), dims);
        }
        if (!fits) {
            broken.add("input " + node.name() + " must be " + shape
                + ", each dimension one for all inputs and bounded by the limits " + request.limits() + "; it is " + type + ".");
        }
    }

    private boolean dim(String word, boolean source, Dim dim, Map<String, Dim> dims) {
        if (word.equals("*")) {
            return dim instanceof Dim.Fixed;
        }
        long max = switch (word) {
            case "tokens" -> source ? request.limits().sourceTokens() : request.limits().tokens();
            case "rows" -> request.limits().rows();
            case "rows+1" -> request.limits().rows() + 1L;
            case "blocks" -> request.limits().blocks();
            default -> request.limits().selected();
        };
        Dim before = dims.putIfAbsent(source && word.equals("tokens") ? "source tokens" : word, dim);
        return dim.max() == max && (before == null || before.equals(dim));
    }
}
