package dev.transom.graph;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The form in which graphs are stored and travel to worker processes. Big-endian; all counts and lengths are 32-bit:
 *
 * <pre>
 * file   = "TGRF" version:int32 (1)  count node*  count (text output)*
 * node   = text operation, int32 version, text name, count (text attribute)*, count value*, count type*
 * value  = int32 node, int32 output                        both earlier in the file
 * type   = 0 element:byte count dim* | 1 text name, kvHeads, keyDim, valueDim, blockSize
 * dim    = 0 int64 size | 1 text name int64 max
 * attribute = 0 int64 | 1 float64 | 2 byte | 3 text | 4 count int64* | 5 count float64*
 * text   = length UTF-8 bytes
 * </pre>
 *
 * <p>Reading trusts nothing: each count is checked against the bytes that are left, so that a small file cannot claim much memory.
 */
public final class GraphBinary {

    static final int MAGIC = 0x54475246; // "TGRF"
    static final int VERSION = 1;

    private GraphBinary() {
    }

    /** The graph as bytes; equal graphs give equal bytes. */
    public static byte[] write(Graph graph) {
        return GraphWriter.write(graph);
    }

    /**
     * Reads a graph and checks its structure, not the operations' rules.
     *
     * @throws GraphException where the bytes break a rule of the format
     */
    public static Graph read(byte[] bytes) {
        return new GraphReader(bytes).read();
    }

    /**
     * Reads a graph and also derives every type again: what a file claims about the sizes of results is not believed.
     *
     * @throws GraphException where the bytes break a rule of the format or of an operation, or an operation is not installed in
     *     the version that the file asks for
     */
    public static Graph read(byte[] bytes, Operations operations) {
        Graph graph = read(bytes);
        for (Node node : graph.nodes()) {
            if (!node.isLeaf()) {
                check(node, operations.get(node.operation()));
            }
        }
        return graph;
    }

    /** SHA-256 of the binary form, 64 hexadecimal digits: equal for equal graphs, on every machine. */
    public static String fingerprint(Graph graph) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(write(graph)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
    }

    private static void check(Node node, Operation operation) {
        String where = "graph file: node %" + node.id() + " " + node.operation() + ": ";
        Rules.require(operation.version() == node.version(), where + "its version must be the installed one, "
            + operation.version(), node.version());
        List<Type> types;
        try {
            types = operation.types(node.attributes(), node.inputs().stream().map(Value::type).toList());
        } catch (GraphException broken) {
            throw new GraphException(where + broken.getMessage());
        } catch (ArithmeticException overflow) {
            throw new GraphException(where + "its sizes must fit 64 bits; got " + node.inputs() + ".");
        }
        Rules.require(types.equals(node.types()), where + "its types must be those of its operation, " + types, node.types());
    }
}
