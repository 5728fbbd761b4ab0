package dev.transom.app.bench.internal;

import dev.transom.api.TransomException;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.ParameterStore;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.graph.Graph;
import dev.transom.graph.Node;
import dev.transom.graph.Type;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Random numbers as the parameters of a graph: speed does not depend on what the weights are. Matrices are uniform in ±0.05;
 * vectors that scale are near 1 and biases near 0, so that values neither vanish nor overflow. The same parameter always has the
 * same values.
 */
final class RandomParameters implements ParameterStore, AutoCloseable {

    private static final float SPREAD = 0.05f;

    private final Map<String, List<Long>> shapes;
    private final Format format;
    private final Map<String, StoredTensor> made = new ConcurrentHashMap<>();
    private final Arena arena = Arena.ofShared();

    RandomParameters(Graph graph, Format format) {
        this.shapes = graph.parameters().stream().collect(Collectors.toUnmodifiableMap(Node::name, RandomParameters::shape));
        this.format = format;
    }

    /** F32, F16 or BF16. */
    static Format named(String name) {
        return Stream.of(Format.F32, Format.F16, Format.BF16).filter(format -> format.name().equalsIgnoreCase(name)).findFirst()
            .orElseThrow(() -> new TransomException("format of weights: it must be F32, F16 or BF16; got " + name + "."));
    }

    @Override
    public long version() {
        return 0;
    }

    @Override
    public Optional<StoredTensor> find(String name) {
        return Optional.ofNullable(shapes.get(name)).map(shape -> made.computeIfAbsent(name, _ -> make(name, shape)));
    }

    @Override
    public Optional<Format> format(String name) {
        return shapes.containsKey(name) ? Optional.of(format) : Optional.empty();
    }

    @Override
    public void close() {
        arena.close();
    }

    private StoredTensor make(String name, List<Long> shape) {
        long elements = shape.stream().reduce(1L, Math::multiplyExact);
        MemorySegment memory = arena.allocate(Math.max(64, format.bytes(elements)), 64);
        float centre = shape.size() == 1 && !name.endsWith("bias") ? 1 : 0;
        long state = name.hashCode() * 0x9E3779B97F4A7C15L | 1;
        for (long i = 0; i < elements; i++) {
            state ^= state << 13;
            state ^= state >>> 7;
            state ^= state << 17;
            write(memory, i, centre + SPREAD * ((state >> 40) * 0x1p-23f));
        }
        return new StoredTensor(name, format, shape, memory.asSlice(0, format.bytes(elements)));
    }

    private void write(MemorySegment memory, long index, float value) {
        switch (format.name()) {
            case "F32" -> memory.setAtIndex(ValueLayout.JAVA_FLOAT, index, value);
            case "F16" -> memory.setAtIndex(ValueLayout.JAVA_SHORT, index, Float.floatToFloat16(value));
            default -> memory.setAtIndex(ValueLayout.JAVA_SHORT, index, (short) (Float.floatToRawIntBits(value) >>> 16));
        }
    }

    private static List<Long> shape(Node parameter) {
        return Arrays.stream(((Type.TensorType) parameter.types().getFirst()).shape().maxSizes()).boxed().toList();
    }
}
