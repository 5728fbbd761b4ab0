package dev.transom.conformance.architecture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.transom.api.tensor.Binding;
import dev.transom.api.tensor.TensorSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each form of binding on a = [[0, 1, 2], [3, 4, 5]] and b = [[10, 11, 12]], forwards and its transpose. */
class BindingCellsTest {

    private static final TensorSource SOURCE = new HeldTensors(Map.of(
        "a", HeldTensors.reals(new double[] {0, 1, 2, 3, 4, 5}, 2, 3), "b", HeldTensors.reals(new double[] {10, 11, 12}, 1, 3)));
    private static final Binding A = Binding.stored("a");
    private static final Binding B = Binding.stored("b");

    @Test
    void aSliceTakesPartOfAnAxis() {
        gives(new Binding.Slice(A, 1, 1, 3), List.of(2L, 2L), 1, 2, 4, 5);
        gives(new Binding.Slice(A, 0, 1, 2), List.of(1L, 3L), 3, 4, 5);
    }

    @Test
    void aPermutationMovesAxes() {
        gives(new Binding.Permute(A, List.of(1, 0)), List.of(3L, 2L), 0, 3, 1, 4, 2, 5);
        Binding reshaped = new Binding.Reshape(A, List.of(1L, 2L, 3L));
        gives(new Binding.Permute(reshaped, List.of(2, 0, 1)), List.of(3L, 1L, 2L), 0, 3, 1, 4, 2, 5);
    }

    @Test
    void partsAreJoinedAlongAnAxisOrStacked() {
        gives(new Binding.Concat(0, List.of(A, B)), List.of(3L, 3L), 0, 1, 2, 3, 4, 5, 10, 11, 12);
        gives(new Binding.Concat(1, List.of(A, A)), List.of(2L, 6L), 0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5);
        gives(new Binding.Stack(List.of(B, new Binding.Slice(A, 0, 0, 1))), List.of(2L, 1L, 3L), 10, 11, 12, 0, 1, 2);
    }

    @Test
    void aFactorAndAConstantAreApplied() {
        gives(new Binding.Affine(new Binding.Affine(B, 2, 1), -1, 3), List.of(1L, 3L), -18, -20, -22);
    }

    @Test
    void aGradientGoesBackThroughTheTranspose() {
        Map<String, double[]> stored = new HashMap<>();
        Binding binding = new Binding.Affine(new Binding.Permute(new Binding.Slice(A, 1, 0, 2), List.of(1, 0)), 3, 7);
        BindingCells.of(binding, SOURCE).addGradient(new double[] {1, 2, 3, 4}, stored);
        // The parameter is 3·[[a00, a10], [a01, a11]] + 7.
        assertArrayEquals(new double[] {3, 9, 0, 6, 12, 0}, stored.get("a"));
        BindingCells.of(new Binding.Concat(0, List.of(A, A)), SOURCE)
            .addGradient(new double[] {1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 5}, stored);
        assertArrayEquals(new double[] {5, 9, 0, 6, 12, 5}, stored.get("a"));
    }

    @Test
    void theFirstMissingTensorIsNamed() {
        assertEquals("c", BindingCells.missing(new Binding.Stack(List.of(A, Binding.stored("c"))), SOURCE));
        assertNull(BindingCells.missing(new Binding.Concat(0, List.of(A, B)), SOURCE));
    }

    private static void gives(Binding binding, List<Long> shape, double... values) {
        BindingCells cells = BindingCells.of(binding, SOURCE);
        assertEquals(shape, java.util.Arrays.stream(cells.shape()).boxed().toList());
        assertArrayEquals(values, cells.values());
    }
}
