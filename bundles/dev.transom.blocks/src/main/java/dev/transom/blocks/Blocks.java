package dev.transom.blocks;

import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.blocks.internal.Codecs;
import dev.transom.blocks.internal.Decoder;
import dev.transom.blocks.internal.Encoder;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Expands stored weights to floats, and stores floats, in any format of {@link Format}. What is read has the bits that ggml's own
 * reader gives: scale times integer in float32, one rounding for each operation.
 *
 * <pre>{@code
 * float[] row = new float[columns];
 * Blocks.decode(Format.Q4_K, tensor.data(), (long) index * columns, row, 0, columns);
 * }</pre>
 */
public final class Blocks {

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final List<Format> BLOCKED = List.of(Format.Q4_0, Format.Q4_1, Format.Q5_0, Format.Q5_1, Format.Q8_0, Format.Q2_K,
        Format.Q3_K, Format.Q4_K, Format.Q5_K, Format.Q6_K, Format.IQ4_NL, Format.IQ4_XS, Format.IQ3_XXS, Format.IQ3_S, Format.IQ2_XXS,
        Format.IQ2_XS, Format.IQ2_S, Format.IQ1_S, Format.IQ1_M, Format.TQ1_0, Format.TQ2_0, Format.MXFP4, Format.NVFP4);
    private static final List<Format> REALS = List.of(Format.F64, Format.F32, Format.F16, Format.BF16, Format.F8_E4M3, Format.F8_E5M2);
    /** Bytes of blocks that are copied at once. */
    private static final int CHUNK = 1 << 13;

    private Blocks() {
    }

    /** Every format of blocks that can be read. */
    public static List<Format> formats() {
        return BLOCKED;
    }

    /** The format of real numbers or of blocks that is called so, in any case of letters. */
    public static Optional<Format> named(String name) {
        String wanted = name.toUpperCase(Locale.ROOT);
        return java.util.stream.Stream.concat(REALS.stream(), BLOCKED.stream())
            .filter(format -> format.name().equals(wanted)).findFirst();
    }

    /** Whether {@link #decode} reads the format as real numbers. */
    public static boolean decodes(Format format) {
        return REALS.contains(format) || BLOCKED.contains(format);
    }

    /** Whether {@link #encode} writes the format. */
    public static boolean encodes(Format format) {
        return format.equals(Format.F32) || format.equals(Format.F16) || format.equals(Format.BF16)
            || Codecs.encoder(format.name()).isPresent();
    }

    /** All elements of a tensor. */
    public static float[] decode(StoredTensor tensor) {
        float[] values = new float[Math.toIntExact(tensor.elements())];
        decode(tensor.format(), tensor.data(), 0, values, 0, values.length);
        return values;
    }

    /**
     * Expands {@code count} elements.
     *
     * @param from    the tensor's bytes, all of them
     * @param element the first element wanted; anywhere, though whole blocks are cheapest
     * @param into    receives them from {@code start} on
     * @throws IllegalArgumentException if the format cannot be read
     */
    public static void decode(Format format, MemorySegment from, long element, float[] into, int start, int count) {
        switch (format.name()) {
            case "F32" -> MemorySegment.copy(from, FLOAT, element * 4, into, start, count);
            case "F16", "BF16" -> halves(format.equals(Format.F16), from, element, into, start, count);
            case "F8_E4M3" -> {
                for (int i = 0; i < count; i++) {
                    into[start + i] = e4m3(from.get(ValueLayout.JAVA_BYTE, element + i));
                }
            }
            case "F8_E5M2" -> {
                for (int i = 0; i < count; i++) {
                    into[start + i] = Float.float16ToFloat((short) (from.get(ValueLayout.JAVA_BYTE, element + i) << 8));
                }
            }
            default -> {
                if (format.blocked()) {
                    blocks(format, from, element, into, start, count);
                } else {
                    StoredTensor plain = new StoredTensor("", format, List.of(), from);
                    for (int i = 0; i < count; i++) {
                        into[start + i] = (float) plain.real(element + i);
                    }
                }
            }
        }
    }

    /** Copied first: in a young process a loop over arrays is a tenth of the work of one over memory. */
    private static void halves(boolean ieee, MemorySegment from, long element, float[] into, int start, int count) {
        short[] bits = new short[Math.min(count, CHUNK)];
        for (int done = 0, held; done < count; done += held) {
            held = Math.min(count - done, bits.length);
            MemorySegment.copy(from, SHORT, 2 * (element + done), bits, 0, held);
            for (int i = 0; i < held; i++) {
                into[start + done + i] = ieee ? Float.float16ToFloat(bits[i]) : Float.intBitsToFloat(bits[i] << 16);
            }
        }
    }

    private static void blocks(Format format, MemorySegment from, long element, float[] into, int start, int count) {
        Decoder decoder = Codecs.decoder(format.name()).orElseThrow(() -> unknown(format, "read"));
        int size = format.blockElements();
        int bytes = format.blockBytes();
        long block = element / size;
        int skip = (int) (element % size);
        int blocks = Math.toIntExact((skip + (long) count + size - 1) / size);
        byte[] raw = new byte[Math.min(blocks, Math.max(1, CHUNK / bytes)) * bytes];
        float[] whole = skip == 0 && count % size == 0 ? null : new float[size];
        for (int done = 0, held; done < blocks; done += held) {
            held = Math.min(blocks - done, raw.length / bytes);
            MemorySegment.copy(from, ValueLayout.JAVA_BYTE, (block + done) * bytes, raw, 0, held * bytes);
            for (int i = 0; i < held; i++) {
                int first = (done + i) * size - skip;
                if (first >= 0 && first + size <= count) {
                    decoder.block(raw, i * bytes, into, start + first);
                } else {
                    decoder.block(raw, i * bytes, whole, 0);
                    int begin = Math.max(0, first);
                    System.arraycopy(whole, begin - first, into, start + begin, Math.min(count, first + size) - begin);
                }
            }
        }
    }

    /** Four bits of exponent and three of fraction; no infinities, one NaN of either sign. */
    private static float e4m3(byte bits) {
        int exponent = bits >> 3 & 0xf;
        int fraction = bits & 7;
        float magnitude = exponent == 15 && fraction == 7 ? Float.NaN
            : exponent == 0 ? fraction * 0x1p-9f : Math.scalb(1 + fraction / 8f, exponent - 7);
        return bits < 0 ? -magnitude : magnitude;
    }

    /**
     * Stores {@code count} floats, which fill whole blocks; F16 and BF16 round to nearest, ties to even. Values must be finite for
     * formats of blocks.
     *
     * @param into receives the bytes from {@code at} on
     * @throws IllegalArgumentException if the format cannot be written, or the last block would not be full
     */
    public static void encode(Format format, float[] from, int start, int count, MemorySegment into, long at) {
        switch (format.name()) {
            case "F32" -> MemorySegment.copy(from, start, into, FLOAT, at, count);
            case "F16" -> {
                for (int i = 0; i < count; i++) {
                    into.set(SHORT, at + 2L * i, Float.floatToFloat16(from[start + i]));
                }
            }
            case "BF16" -> {
                for (int i = 0; i < count; i++) {
                    into.set(SHORT, at + 2L * i, bf16(from[start + i]));
                }
            }
            default -> {
                Encoder encoder = Codecs.encoder(format.name()).orElseThrow(() -> unknown(format, "written"));
                if (count % format.blockElements() != 0) {
                    throw new IllegalArgumentException(format + ": elements must fill blocks of " + format.blockElements() + "; got "
                        + count + ".");
                }
                byte[] raw = new byte[format.blockBytes()];
                for (int i = 0; i < count; i += format.blockElements()) {
                    Arrays.fill(raw, (byte) 0);
                    encoder.block(from, start + i, raw, 0);
                    MemorySegment.copy(raw, 0, into, ValueLayout.JAVA_BYTE, at + (long) i / format.blockElements() * raw.length, raw.length);
                }
            }
        }
    }

    private static short bf16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >>> 16 | 0x40);
        }
        return (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
    }

    private static IllegalArgumentException unknown(Format format, String what) {
        return new IllegalArgumentException(format + ": a format that can be " + what + " is required; this is none.");
    }
}
