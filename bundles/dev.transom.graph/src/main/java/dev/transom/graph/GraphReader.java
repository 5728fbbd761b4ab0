package dev.transom.graph;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Reads the format that {@link GraphBinary} describes, from bytes that may be hostile. */
final class GraphReader {

    private final ByteBuffer in;
    private final List<Node> nodes = new ArrayList<>();

    GraphReader(byte[] bytes) {
        this.in = ByteBuffer.wrap(bytes);
    }

    Graph read() {
        require(in.remaining() >= 8 && in.getInt() == GraphBinary.MAGIC, "it must begin with TGRF", "other bytes");
        int version = in.getInt();
        require(version == GraphBinary.VERSION, "its version must be " + GraphBinary.VERSION, version);
        int count = count(1);
        for (int id = 0; id < count; id++) {
            nodes.add(node(id));
        }
        Map<String, Value> outputs = new LinkedHashMap<>();
        for (int left = count(12); left > 0; left--) {
            String name = text();
            require(outputs.put(name, value()) == null, "names of outputs must differ", name + " twice");
        }
        require(!in.hasRemaining(), "nothing may follow the outputs", in.remaining() + " bytes");
        return new Graph(nodes, outputs);
    }

    private Node node(int id) {
        String operation = text();
        int version = integer();
        String name = text();
        SortedMap<String, Object> attributes = new TreeMap<>();
        for (int left = count(6); left > 0; left--) {
            attributes.put(text(), attribute());
        }
        List<Value> inputs = list(8, this::value);
        List<Type> types = list(6, this::type);
        Node node = new Node(id, operation, version, name, new Attributes(attributes), inputs, types);
        if (node.isLeaf()) {
            checkLeaf(node);
        }
        return node;
    }

    private void checkLeaf(Node node) {
        boolean cache = node.operation().equals(Node.CACHE);
        require(node.inputs().isEmpty() && node.types().size() == 1 && node.types().getFirst() instanceof Type.CacheType == cache,
            node.operation() + " takes no input and has one type", node.inputs() + " and " + node.types());
        if (node.operation().equals(Node.CONSTANT)) {
            Type.TensorType type = (Type.TensorType) node.types().getFirst();
            int given = node.attributes().reals("values").size();
            require(elements(type) == given, "a constant must fill its type " + type, given + " values");
        }
    }

    private static long elements(Type.TensorType type) {
        try {
            return type.shape().maxElements();
        } catch (ArithmeticException tooMany) {
            return -1;
        }
    }

    private Object attribute() {
        byte tag = octet();
        return switch (tag) {
            case 0 -> bytes(8).getLong();
            case 1 -> bytes(8).getDouble();
            case 2 -> octet() != 0;
            case 3 -> text();
            case 4 -> list(8, () -> bytes(8).getLong());
            case 5 -> list(8, () -> bytes(8).getDouble());
            default -> throw broken("an attribute's tag must be 0 to 5", tag);
        };
    }

    private Value value() {
        int node = integer();
        int output = integer();
        require(node >= 0 && node < nodes.size(), "a value must be of an earlier node, below " + nodes.size(), node);
        List<Type> types = nodes.get(node).types();
        require(output >= 0 && output < types.size(), "node %" + node + " has " + types.size() + " outputs", output);
        return new Value(node, output, types.get(output));
    }

    private Type type() {
        byte tag = octet();
        return switch (tag) {
            case 0 -> {
                byte element = octet();
                require(element == 0 || element == 1, "an element type must be 0 or 1", element);
                yield new Type.TensorType(element == 0 ? ElementType.F32 : ElementType.I32, new Shape(list(9, this::dim)));
            }
            case 1 -> new Type.CacheType(text(), positive(), positive(), positive(), positive());
            default -> throw broken("a type's tag must be 0 or 1", tag);
        };
    }

    private Dim dim() {
        byte tag = octet();
        require(tag == 0 || tag == 1, "a dimension's tag must be 0 or 1", tag);
        String name = tag == 1 ? text() : "";
        long size = bytes(8).getLong();
        require(size >= 0, "a dimension must not be negative", size);
        return tag == 1 ? Dim.bounded(name, size) : Dim.of(size);
    }

    private <T> List<T> list(int bytesEach, Supplier<T> element) {
        List<T> list = new ArrayList<>();
        for (int left = count(bytesEach); left > 0; left--) {
            list.add(element.get());
        }
        return list;
    }

    /** A count of elements that take at least {@code bytesEach} bytes, all of which must still be there. */
    private int count(int bytesEach) {
        int count = integer();
        require(count >= 0 && (long) count * bytesEach <= in.remaining(),
            "a count must not exceed what " + in.remaining() + " bytes can hold", count);
        return count;
    }

    private int positive() {
        int size = integer();
        require(size > 0, "a cache's sizes must be positive", size);
        return size;
    }

    private int integer() {
        return bytes(4).getInt();
    }

    private byte octet() {
        return bytes(1).get();
    }

    private ByteBuffer bytes(int count) {
        require(in.remaining() >= count, "it must not end at byte " + in.limit(), "a value of " + count + " bytes there");
        return in;
    }

    private String text() {
        int length = count(1);
        ByteBuffer slice = in.slice(in.position(), length);
        in.position(in.position() + length);
        try {
            return StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT).decode(slice).toString();
        } catch (CharacterCodingException malformed) {
            throw broken("a text must be UTF-8", "other bytes before byte " + in.position());
        }
    }

    private static void require(boolean holds, String rule, Object got) {
        if (!holds) {
            throw broken(rule, got);
        }
    }

    private static GraphException broken(String rule, Object got) {
        return new GraphException("graph file: " + rule + "; got " + got + ".");
    }
}
