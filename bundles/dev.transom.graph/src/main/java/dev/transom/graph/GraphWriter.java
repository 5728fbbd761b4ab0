package dev.transom.graph;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes the format that {@link GraphBinary} describes. */
final class GraphWriter {

    private final DataOutputStream out;

    private GraphWriter(DataOutputStream out) {
        this.out = out;
    }

    static byte[] write(Graph graph) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            new GraphWriter(out).graph(graph);
        } catch (IOException impossible) {
            throw new UncheckedIOException("an array takes every byte", impossible);
        }
        return bytes.toByteArray();
    }

    private void graph(Graph graph) throws IOException {
        out.writeInt(GraphBinary.MAGIC);
        out.writeInt(GraphBinary.VERSION);
        out.writeInt(graph.nodes().size());
        for (Node node : graph.nodes()) {
            node(node);
        }
        out.writeInt(graph.outputs().size());
        for (Map.Entry<String, Value> output : graph.outputs().entrySet()) {
            text(output.getKey());
            value(output.getValue());
        }
    }

    private void node(Node node) throws IOException {
        text(node.operation());
        out.writeInt(node.version());
        text(node.name());
        out.writeInt(node.attributes().values().size());
        for (Map.Entry<String, Object> attribute : node.attributes().values().entrySet()) {
            text(attribute.getKey());
            attribute(attribute.getValue());
        }
        out.writeInt(node.inputs().size());
        for (Value input : node.inputs()) {
            value(input);
        }
        out.writeInt(node.types().size());
        for (Type type : node.types()) {
            type(type);
        }
    }

    private void attribute(Object value) throws IOException {
        switch (value) {
            case Long number -> {
                out.writeByte(0);
                out.writeLong(number);
            }
            case Double number -> {
                out.writeByte(1);
                out.writeDouble(number);
            }
            case Boolean flag -> {
                out.writeByte(2);
                out.writeBoolean(flag);
            }
            case String text -> {
                out.writeByte(3);
                text(text);
            }
            case List<?> list -> list(list);
            default -> throw new GraphException("graph: an attribute must be plain data; got " + value.getClass().getName() + ".");
        }
    }

    private void list(List<?> list) throws IOException {
        boolean reals = !list.isEmpty() && list.getFirst() instanceof Double;
        out.writeByte(reals ? 5 : 4);
        out.writeInt(list.size());
        for (Object element : list) {
            if (reals) {
                out.writeDouble((Double) element);
            } else {
                out.writeLong((Long) element);
            }
        }
    }

    private void value(Value value) throws IOException {
        out.writeInt(value.node());
        out.writeInt(value.output());
    }

    private void type(Type type) throws IOException {
        switch (type) {
            case Type.TensorType(ElementType element, Shape shape) -> {
                out.writeByte(0);
                out.writeByte(element == ElementType.F32 ? 0 : 1);
                out.writeInt(shape.rank());
                for (Dim dim : shape.dims()) {
                    dim(dim);
                }
            }
            case Type.CacheType(String name, int kvHeads, int keyDim, int valueDim, int blockSize) -> {
                out.writeByte(1);
                text(name);
                for (int size : new int[] {kvHeads, keyDim, valueDim, blockSize}) {
                    out.writeInt(size);
                }
            }
        }
    }

    private void dim(Dim dim) throws IOException {
        switch (dim) {
            case Dim.Fixed(long size) -> {
                out.writeByte(0);
                out.writeLong(size);
            }
            case Dim.Bounded(String name, long max) -> {
                out.writeByte(1);
                text(name);
                out.writeLong(max);
            }
        }
    }

    private void text(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
