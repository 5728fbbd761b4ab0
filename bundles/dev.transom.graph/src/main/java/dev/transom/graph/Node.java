package dev.transom.graph;

import java.util.List;

/**
 * One step of a graph: an operation's name and version, its attributes, inputs and output types. No behaviour.
 *
 * <p>Four operations are part of the language itself and have no {@link Operation}: {@code input}, {@code parameter},
 * {@code constant} (attributes {@code values}, a list) and {@code kv_cache}; their {@code name} identifies them to the caller.
 *
 * @param id         position in the graph
 * @param operation  operation name, as ONNX, StableHLO and ggml name it
 * @param version    operation version
 * @param name       where the author put it, for example {@code layers.3.attn.q}; unique among inputs and among parameters
 * @param attributes plain data
 * @param inputs     values of earlier nodes
 * @param types      one type for each output
 */
public record Node(int id, String operation, int version, String name, Attributes attributes, List<Value> inputs,
        List<Type> types) {

    public static final String INPUT = "input";
    public static final String PARAMETER = "parameter";
    public static final String CONSTANT = "constant";
    public static final String CACHE = "kv_cache";

    public Node {
        inputs = List.copyOf(inputs);
        types = List.copyOf(types);
    }

    public Value output(int index) {
        return new Value(id, index, types.get(index));
    }

    public Value output() {
        return output(0);
    }

    /** Whether this node belongs to the language and computes nothing. */
    public boolean isLeaf() {
        return switch (operation) {
            case INPUT, PARAMETER, CONSTANT, CACHE -> true;
            default -> false;
        };
    }
}
