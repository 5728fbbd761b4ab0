package dev.transom.kernels.x86.internal;

import dev.transom.api.tensor.Format;
import java.util.Optional;

/** Plain formats of weights. */
enum Storage {
    F32(4), F16(2), BF16(2);

    private final int bytes;

    Storage(int bytes) {
        this.bytes = bytes;
    }

    static Optional<Storage> of(Format format) {
        return switch (format.name()) {
            case "F32" -> Optional.of(F32);
            case "F16" -> Optional.of(F16);
            case "BF16" -> Optional.of(BF16);
            default -> Optional.empty();
        };
    }

    /** Bytes of one element. */
    int bytes() {
        return bytes;
    }

    /** One element. */
    float real(long at) {
        return switch (this) {
            case F32 -> Ram.real(at);
            case F16 -> Float.float16ToFloat(Ram.half(at));
            case BF16 -> Float.intBitsToFloat(Ram.half(at) << 16);
        };
    }
}
