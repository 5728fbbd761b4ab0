package dev.transom.models.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.transom.api.TransomException;
import dev.transom.api.tensor.Binding;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.api.tensor.TensorSource;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import org.junit.jupiter.api.Test;

class BindingsTest {

    private static final Binding A = Binding.stored("a");
    private static final Binding B = Binding.stored("b");

    private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    private final Bindings bindings = new Bindings("folder", source());

    BindingsTest() {
        store("a", List.of(2L, 3L), 1, 2, 3, 4, 5, 6);
        store("b", List.of(2L, 3L), 7, 8, 9, 10, 11, 12);
    }

    @Test
    void mapsAStoredTensorWithoutCopying() {
        assertSame(tensors.get("a"), bindings.evaluate("p", A, Arena.ofAuto()));
    }

    @Test
    void slicesColumns() {
        assertBinds(List.of(2L, 2L), new Binding.Slice(A, 1, 1, 3), 2, 3, 5, 6);
    }

    @Test
    void joinsAlongTheLastAxis() {
        assertBinds(List.of(2L, 6L), new Binding.Concat(1, List.of(A, B)), 1, 2, 3, 7, 8, 9, 4, 5, 6, 10, 11, 12);
    }

    @Test
    void stacksAlongANewAxis() {
        assertBinds(List.of(2L, 2L, 3L), new Binding.Stack(List.of(A, B)), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    }

    @Test
    void transposes() {
        assertBinds(List.of(3L, 2L), new Binding.Permute(A, List.of(1, 0)), 1, 4, 2, 5, 3, 6);
    }

    /** ((1, 2, 3), (4, 5, 6)), ((7, 8, 9), (10, 11, 12)): element (c, a, b) of the value is stored at (a, b, c). */
    @Test
    void permutesThreeAxes() {
        assertBinds(List.of(3L, 2L, 2L), new Binding.Permute(new Binding.Stack(List.of(A, B)), List.of(2, 0, 1)),
            1, 4, 7, 10, 2, 5, 8, 11, 3, 6, 9, 12);
    }

    /** 0x3C00 is 1 and 0xC200 −3 in F16; 0x3F80 is 1 and 0xC040 −3 in BF16. */
    @Test
    void widensHalves() {
        storeHalves("f16", Format.F16, 0x3C00, 0xC200);
        storeHalves("bf16", Format.BF16, 0x3F80, 0xC040);
        assertBinds(List.of(2L), new Binding.Affine(Binding.stored("f16"), 2, 0), 2, -6);
        assertBinds(List.of(2L), new Binding.Affine(Binding.stored("bf16"), 2, 0), 2, -6);
    }

    /** Rows in the order of GGUF's q and k for two heads of four: pairs of rows side by side go two apart. */
    @Test
    void movesRowsOfBlocksAsTheyAreStored() {
        StoredTensor q = blocks("q", 8, 64);
        Binding rows = new Binding.Reshape(new Binding.Permute(new Binding.Reshape(Binding.stored("q"), List.of(2L, 2L, 2L, 64L)),
            List.of(0, 2, 1, 3)), List.of(8L, 64L));
        assertEquals(Format.Q8_0, bindings.format(rows));
        StoredTensor moved = bindings.evaluate("p", rows, Arena.ofAuto());
        assertEquals(List.of(8L, 64L), moved.shape());
        int[] order = {0, 2, 1, 3, 4, 6, 5, 7};
        for (int row = 0; row < 8; row++) {
            assertEquals(-1, moved.data().asSlice(68 * row, 68).mismatch(q.data().asSlice(68 * order[row], 68)));
        }
    }

    @Test
    void cutsAndJoinsBlocksAtTheirEdges() {
        StoredTensor q = blocks("q", 4, 64);
        Binding lower = new Binding.Slice(Binding.stored("q"), 0, 2, 4);
        assertEquals(q.data().asSlice(136).address(), bindings.evaluate("p", lower, Arena.ofAuto()).data().address());
        Binding right = new Binding.Slice(Binding.stored("q"), 1, 32, 64);
        StoredTensor cut = bindings.evaluate("p", right, Arena.ofAuto());
        assertEquals(List.of(4L, 32L), cut.shape());
        assertEquals(-1, cut.data().asSlice(34, 34).mismatch(q.data().asSlice(68 + 34, 34)));
        Binding joined = new Binding.Concat(1, List.of(right, Binding.stored("q")));
        StoredTensor wide = bindings.evaluate("p", joined, Arena.ofAuto());
        assertEquals(List.of(4L, 96L), wide.shape());
        assertEquals(-1, wide.data().asSlice(102 + 34, 68).mismatch(q.data().asSlice(68, 68)));
        assertEquals(Format.Q8_0, bindings.format(new Binding.Stack(List.of(joined, joined))));
    }

    @Test
    void expandsBlocksThatAreTornApartOrComputedWith() {
        StoredTensor q = blocks("q", 2, 32);
        float[] values = dev.transom.blocks.Blocks.decode(q);
        assertBinds(List.of(2L, 2L), new Binding.Slice(Binding.stored("q"), 1, 3, 5), values[3], values[4], values[35], values[36]);
        assertEquals(Format.F32, bindings.format(new Binding.Permute(Binding.stored("q"), List.of(1, 0))));
        assertEquals(Format.F32, bindings.format(new Binding.Affine(Binding.stored("q"), 1, 1)));
        assertEquals(Format.F32, bindings.format(new Binding.Concat(0, List.of(Binding.stored("q"), new Binding.Slice(A, 1, 0, 2)))));
    }

    private StoredTensor blocks(String name, int rows, int columns) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i);
        }
        MemorySegment data = Arena.ofAuto().allocate(Format.Q8_0.bytes(values.length));
        dev.transom.blocks.Blocks.encode(Format.Q8_0, values, 0, values.length, data, 0);
        tensors.put(name, new StoredTensor(name, Format.Q8_0, List.of((long) rows, (long) columns), data));
        return tensors.get(name);
    }

    @Test
    void scalesAndShiftsInAnotherShape() {
        assertBinds(List.of(6L), new Binding.Affine(new Binding.Reshape(A, List.of(6L)), 2, 1), 3, 5, 7, 9, 11, 13);
    }

    @Test
    void namesAMissingTensor() {
        TransomException missing = assertThrows(TransomException.class, () -> bindings.shape(Binding.stored("c")));
        assertEquals("folder: tensor c is required; the files do not hold it. Download the model again.", missing.getMessage());
        assertEquals(Optional.of("c"), bindings.firstMissing(new Binding.Stack(List.of(A, Binding.stored("c")))));
    }

    @Test
    void refusesWeightsStoredAsIntegersOrInAFormatOfNoMeaningHere() {
        for (Format format : List.of(Format.I32, new Format("F8_E4M3", 1, 1))) {
            tensors.put("q", new StoredTensor("q", format, List.of(1L), MemorySegment.ofArray(new byte[4])));
            TransomException refused = assertThrows(TransomException.class, () -> bindings.shape(Binding.stored("q")));
            assertEquals("folder: tensor q must be stored as one of [F32, BF16, F16, F64]; it is stored as " + format
                + ". Convert the weights.", refused.getMessage());
        }
    }

    private void assertBinds(List<Long> shape, Binding binding, float... values) {
        StoredTensor bound = bindings.evaluate("p", binding, Arena.ofAuto());
        assertEquals(shape, bound.shape());
        assertArrayEquals(values, bound.data().toArray(ValueLayout.JAVA_FLOAT));
    }

    private void storeHalves(String name, Format format, int... bits) {
        MemorySegment data = Arena.ofAuto().allocate(bits.length * 2L);
        for (int i = 0; i < bits.length; i++) {
            data.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) bits[i]);
        }
        tensors.put(name, new StoredTensor(name, format, List.of((long) bits.length), data));
    }

    private void store(String name, List<Long> shape, float... values) {
        tensors.put(name, new StoredTensor(name, Format.F32, shape, MemorySegment.ofArray(values)));
    }

    private TensorSource source() {
        return new TensorSource() {
            @Override
            public SequencedSet<String> names() {
                return new LinkedHashSet<>(tensors.keySet());
            }

            @Override
            public Optional<StoredTensor> find(String name) {
                return Optional.ofNullable(tensors.get(name));
            }

            @Override
            public void close() {
            }
        };
    }
}
