package dev.transom.app.bench.internal;

import dev.transom.api.TransomException;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.ParameterStore;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.blocks.Blocks;
import dev.transom.graph.Graph;
import dev.transom.graph.Node;
import dev.transom.graph.Type;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
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
    /** Elements made at a time. */
    private static final int PART = 1 << 14;

    private final Map<String, List<Long>> shapes;
    private final Format format;
    private final Map<String, StoredTensor> made = new ConcurrentHashMap<>();
    private final Arena arena = Arena.ofShared();

    RandomParameters(Graph graph, Format format) {
        this.shapes = graph.parameters().stream().collect(Collectors.toUnmodifiableMap(Node::name, RandomParameters::shape));
        this.format = format;
    }

    /** A format that can be written: F32, F16, BF16 or one of blocks. */
    static Format named(String name) {
        return Blocks.named(name).filter(Blocks::encodes).orElseThrow(() -> new TransomException("format of weights: it must be one of "
            + Stream.concat(Stream.of(Format.F32, Format.F16, Format.BF16), Blocks.formats().stream()).filter(Blocks::encodes)
                .map(Format::name).collect(Collectors.joining(", ")) + "; got " + name + "."));
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
        if (elements > 0 && shape.getLast() % format.blockElements() != 0) {
            throw new TransomException("random weights in " + format + ": rows must be whole blocks of " + format.blockElements()
                + " elements; " + name + " has rows of " + shape.getLast() + ". Choose another format.");
        }
        MemorySegment memory = arena.allocate(Math.max(64, format.bytes(elements)), 64);
        float centre = shape.size() == 1 && !name.endsWith("bias") ? 1 : 0;
        float[] values = new float[(int) Math.min(PART, elements)];
        long state = name.hashCode() * 0x9E3779B97F4A7C15L | 1;
        for (long i = 0; i < elements; i += values.length) {
            int count = (int) Math.min(values.length, elements - i);
            // Blocks take long to find their scales, so the same ones are repeated.
            if (i > 0 && format.blocked()) {
                MemorySegment.copy(memory, 0, memory, format.bytes(i), format.bytes(count));
                continue;
            }
            for (int j = 0; j < count; j++) {
                state ^= state << 13;
                state ^= state >>> 7;
                state ^= state << 17;
                values[j] = centre + SPREAD * ((state >> 40) * 0x1p-23f);
            }
            Blocks.encode(format, values, 0, count, memory, format.bytes(i));
        }
        return new StoredTensor(name, format, shape, memory.asSlice(0, format.bytes(elements)));
    }

    private static List<Long> shape(Node parameter) {
        return Arrays.stream(((Type.TensorType) parameter.types().getFirst()).shape().maxSizes()).boxed().toList();
    }
}
