package dev.transom.format.gguf.internal;

import dev.transom.api.tensor.Format;
import java.util.Optional;
import java.util.OptionalInt;

/** The numbers of tensor types in a file: ggml's {@code enum ggml_type}. */
final class TensorTypes {

    private static final Format[] BY_NUMBER = {Format.F32, Format.F16, Format.Q4_0, Format.Q4_1, null, null, Format.Q5_0, Format.Q5_1,
        Format.Q8_0, null, Format.Q2_K, Format.Q3_K, Format.Q4_K, Format.Q5_K, Format.Q6_K, null, Format.IQ2_XXS, Format.IQ2_XS,
        Format.IQ3_XXS, Format.IQ1_S, Format.IQ4_NL, Format.IQ3_S, Format.IQ2_S, Format.IQ4_XS, Format.I8, Format.I16, Format.I32,
        Format.I64, Format.F64, Format.IQ1_M, Format.BF16, null, null, null, Format.TQ1_0, Format.TQ2_0, null, null, null, Format.MXFP4,
        Format.NVFP4};

    private TensorTypes() {
    }

    static Optional<Format> format(int number) {
        return number >= 0 && number < BY_NUMBER.length ? Optional.ofNullable(BY_NUMBER[number]) : Optional.empty();
    }

    static OptionalInt number(Format format) {
        for (int i = 0; i < BY_NUMBER.length; i++) {
            if (format.equals(BY_NUMBER[i])) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }
}
