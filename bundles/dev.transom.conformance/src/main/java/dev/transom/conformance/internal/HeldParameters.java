package dev.transom.conformance.internal;

import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.ParameterStore;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.graph.HostTensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Parameters in native memory in one storage format, at addresses as odd as a file may have them. */
public final class HeldParameters implements ParameterStore {

    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Format format;
    private final Map<String, StoredTensor> tensors = new HashMap<>();
    private final Map<String, HostTensor> rounded = new HashMap<>();
    private long version;

    public HeldParameters(Format format) {
        this.format = format;
    }

    /** Stores reals, rounded to the format; what was stored under the name before is replaced. */
    public void put(String name, HostTensor tensor) {
        int bytes = format.blockBytes();
        // A safetensors file puts data behind a header of any multiple of 8 bytes, so no vector may expect alignment.
        MemorySegment data = Arena.ofAuto().allocate((long) tensor.reals().length * bytes + 8, 64)
            .asSlice(8, (long) tensor.reals().length * bytes);
        for (int i = 0; i < tensor.reals().length; i++) {
            float real = (float) tensor.reals()[i];
            switch (format.name()) {
                case "F32" -> data.set(INT, 4L * i, Float.floatToRawIntBits(real));
                case "F16" -> data.set(SHORT, 2L * i, Float.floatToFloat16(real));
                case "BF16" -> data.set(SHORT, 2L * i, bfloat16(real));
                default -> throw new IllegalArgumentException("the kit stores F32, F16 or BF16; got " + format + ".");
            }
        }
        StoredTensor stored = new StoredTensor(name, format, Arrays.stream(tensor.shape()).boxed().toList(), data);
        tensors.put(name, stored);
        version++;
        double[] reals = new double[tensor.reals().length];
        Arrays.setAll(reals, stored::real);
        rounded.put(name, HostTensor.ofReals(reals, tensor.shape()));
    }

    /** What the format has kept of every parameter: what the oracle is given. */
    public Map<String, HostTensor> rounded() {
        return rounded;
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public Optional<StoredTensor> find(String name) {
        return Optional.ofNullable(tensors.get(name));
    }

    @Override
    public Optional<Format> format(String name) {
        return find(name).map(StoredTensor::format);
    }

    /** The upper half of a float32, rounded to nearest, ties to even. */
    private static short bfloat16(float real) {
        int bits = Float.floatToRawIntBits(real);
        return (short) ((bits + 0x7fff + (bits >>> 16 & 1)) >>> 16);
    }
}
