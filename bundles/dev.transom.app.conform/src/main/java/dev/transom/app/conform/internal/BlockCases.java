package dev.transom.app.conform.internal;

import dev.transom.api.config.Config;
import dev.transom.api.conformance.CaseKit.Comparison;
import dev.transom.api.conformance.CaseKit.Judged;
import dev.transom.api.conformance.CaseKit.Missing;
import dev.transom.api.conformance.CaseKit.Verdict;
import dev.transom.api.format.TensorFormat;
import dev.transom.api.tensor.Format;
import dev.transom.blocks.Blocks;
import dev.transom.conformance.architecture.CaseFile;
import dev.transom.conformance.architecture.TensorFile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Judges raw blocks and small floats by their values: bit by bit, whatever the case would allow. */
record BlockCases(List<TensorFormat> formats) {

    void blocks(Path file, Consumer<Verdict> report) {
        Config json = CaseFile.read(file);
        try (TensorFile tensors = new TensorFile(formats, file.resolveSibling("blocks.safetensors"))) {
            for (String type : json.object("types").orElseThrow(() -> json.missing("types")).values().keySet()) {
                Optional<Format> format = Blocks.named(type);
                report.accept(format.isEmpty() ? new Missing("blocks " + type, "format " + type)
                    : judged("blocks " + type, decoded(format.get(), bytes(tensors.ints(type + ".raw"))), tensors.reals(type + ".expected")));
            }
        }
    }

    void floats(Path file, Consumer<Verdict> report) {
        try (TensorFile tensors = new TensorFile(formats, file)) {
            report.accept(judged("F16", decoded(Format.F16, halves(tensors.ints("f16_bits"))), tensors.reals("f16_as_f32")));
            report.accept(judged("BF16", decoded(Format.BF16, halves(tensors.ints("bf16_bits"))), tensors.reals("bf16_as_f32")));
            report.accept(judged("F8_E4M3", decoded(Format.F8_E4M3, patterns()), tensors.reals("f8_e4m3_all")));
            report.accept(judged("F8_E5M2", decoded(Format.F8_E5M2, patterns()), tensors.reals("f8_e5m2_all")));
            double[] source = tensors.reals("source_f32");
            report.accept(judged("F16 rounded", decoded(Format.F16, encoded(Format.F16, source)),
                wide(decoded(Format.F16, halves(tensors.ints("rounded_f16_bits"))))));
            report.accept(judged("BF16 rounded", decoded(Format.BF16, encoded(Format.BF16, source)),
                wide(decoded(Format.BF16, halves(tensors.ints("rounded_bf16_bits"))))));
        }
    }

    private static Verdict judged(String name, float[] read, double[] expected) {
        return new Judged(name, List.of(new Comparison("values", largest(expected, read), 0)), List.of());
    }

    /** The largest difference; equal infinities and NaN for NaN are none. */
    static double largest(double[] expected, float[] read) {
        double largest = expected.length == read.length ? 0 : Double.POSITIVE_INFINITY;
        for (int i = 0; i < Math.min(expected.length, read.length); i++) {
            if (expected[i] != read[i] && !(Double.isNaN(expected[i]) && Float.isNaN(read[i]))) {
                double difference = Math.abs(expected[i] - read[i]);
                largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
            }
        }
        return largest;
    }

    private static float[] decoded(Format format, byte[] bytes) {
        float[] values = new float[bytes.length / format.blockBytes() * format.blockElements()];
        Blocks.decode(format, MemorySegment.ofArray(bytes), 0, values, 0, values.length);
        return values;
    }

    private static byte[] encoded(Format format, double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        byte[] bytes = new byte[Math.toIntExact(format.bytes(floats.length))];
        Blocks.encode(format, floats, 0, floats.length, MemorySegment.ofArray(bytes), 0);
        return bytes;
    }

    private static double[] wide(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    private static byte[] patterns() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        return all;
    }

    private static byte[] bytes(int[] values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] halves(int[] bits) {
        byte[] bytes = new byte[2 * bits.length];
        MemorySegment halves = MemorySegment.ofArray(bytes);
        for (int i = 0; i < bits.length; i++) {
            halves.set(ValueLayout.JAVA_SHORT_UNALIGNED, 2L * i, (short) bits[i]);
        }
        return bytes;
    }
}
