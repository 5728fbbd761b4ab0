package dev.transom.app.inspect.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.transom.api.tensor.Binding;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpressionsTest {

    private static final Binding W = Binding.stored("w");

    @Test
    void readAsFunctionsOfStoredTensors() {
        assertEquals("w", Expressions.print(W));
        assertEquals("transpose(slice(w, axis 0, 2 to 5))",
            Expressions.print(new Binding.Permute(new Binding.Slice(W, 0, 2, 5), List.of(1, 0))));
        assertEquals("permute(w, [2, 0, 1])", Expressions.print(new Binding.Permute(W, List.of(2, 0, 1))));
        assertEquals("concat(w, reshape(v, [2, 3]), axis 1)", Expressions.print(
            new Binding.Concat(1, List.of(W, new Binding.Reshape(Binding.stored("v"), List.of(2L, 3L))))));
        assertEquals("1.0 · stack(w, w) + 1.0", Expressions.print(new Binding.Affine(new Binding.Stack(List.of(W, W)), 1, 1)));
    }

    @Test
    void nameEachTensorOnce() {
        assertEquals(List.of("w", "v"), Expressions.tensors(
            new Binding.Concat(0, List.of(new Binding.Affine(W, 2, 0), Binding.stored("v"), new Binding.Stack(List.of(W))))));
    }
}
