package dev.transom.blocks;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tensors of a golden safetensors file, whose header is known to be plain. */
record GoldenTensors(Map<String, byte[]> tensors) {

    private static final Pattern TENSOR = Pattern.compile("\"([^\"]+)\":\\{[^}]*\"data_offsets\":\\[(\\d+),(\\d+)]");

    static GoldenTensors read(Path file) throws IOException {
        byte[] all = Files.readAllBytes(file);
        int header = (int) ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).getLong();
        Matcher matcher = TENSOR.matcher(new String(all, 8, header, StandardCharsets.UTF_8).replace(" ", ""));
        Map<String, byte[]> tensors = new HashMap<>();
        while (matcher.find()) {
            int start = Integer.parseInt(matcher.group(2));
            int end = Integer.parseInt(matcher.group(3));
            tensors.put(matcher.group(1), java.util.Arrays.copyOfRange(all, 8 + header + start, 8 + header + end));
        }
        return new GoldenTensors(tensors);
    }

    MemorySegment bytes(String name) {
        return MemorySegment.ofArray(tensors.get(name));
    }

    float[] floats(String name) {
        return bytes(name).toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
    }

    /** The lower halves of integers. */
    byte[] halves(String name) {
        int[] ints = bytes(name).toArray(ValueLayout.JAVA_INT_UNALIGNED);
        ByteBuffer halves = ByteBuffer.allocate(2 * ints.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int bits : ints) {
            halves.putShort((short) bits);
        }
        return halves.array();
    }
}
