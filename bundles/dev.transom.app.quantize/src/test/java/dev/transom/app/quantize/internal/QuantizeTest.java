package dev.transom.app.quantize.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.TransomException;
import dev.transom.api.application.Progress;
import dev.transom.api.application.Session;
import dev.transom.api.architecture.GraphRequest;
import dev.transom.api.model.OpenModel;
import dev.transom.api.tensor.Format;
import dev.transom.api.tensor.StoredTensor;
import dev.transom.blocks.Blocks;
import dev.transom.graph.Graph;
import dev.transom.graph.Node;
import dev.transom.graph.Operations;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class QuantizeTest {

    private static final Path GOLDEN = Path.of(System.getProperty("transom.golden", "").isEmpty()
        ? "src/test/resources/golden" : System.getProperty("transom.golden")).toAbsolutePath();
    private static final String LLAMA = GOLDEN.resolve("architectures/llama-3").toString();
    private static final String GGUF = GOLDEN.resolve("formats/gguf/tiny-llama-q4_k.gguf").toString();

    @TempDir
    private Path folder;

    private final StringWriter said = new StringWriter();

    static Stream<String> types() {
        return TypeChoice.names().stream();
    }

    /** Every parameter of a Llama with Llama 3's rope, its queries and keys in pairs on the way, comes back as its type rounds it. */
    @ParameterizedTest
    @MethodSource("types")
    void givesBackEveryParameterOfASafetensorsModel(String type) {
        quantize(LLAMA, "--type", type);
        try (OpenModel before = new OpenFolders().open(LLAMA, folder); OpenModel after = new OpenFolders().open("out.gguf", folder)) {
            Graph graph = before.definition().graph(Operations.core(), GraphRequest.whole(List.of("lm"), GraphRequest.Limits.of(4, 1)));
            for (Node parameter : graph.parameters()) {
                StoredTensor read = after.parameters().find(parameter.name()).orElseThrow();
                float[] values = Blocks.decode(before.parameters().find(parameter.name()).orElseThrow());
                Format format = TypeChoice.of(type).format(stored(parameter.name()), read.shape(), 2, true);
                // The kit gives zeros without a sign, so not quite bit by bit.
                assertArrayEquals(rounded(format, values), Blocks.decode(read), Float.MIN_VALUE, parameter.name() + " " + format);
            }
            Map<String, Object> was = before.files().config().values();
            for (String key : List.of("hidden_size", "num_hidden_layers", "intermediate_size", "num_key_value_heads", "vocab_size",
                "max_position_embeddings", "head_dim", "model_type", "tie_word_embeddings")) {
                assertEquals(was.get(key), after.files().config().values().get(key), key);
            }
            assertEquals(500_000, after.files().config().real("rope_theta", 0));
        }
    }

    /** For names of norms, whose vectors stay as they are, any vector's name will do. */
    private static String stored(String parameter) {
        return parameter.equals("lm_head.weight") ? "output.weight" : parameter.equals("embedding.weight") ? "token_embd.weight"
            : parameter.replace("decoder.layers.", "blk.").replace("self_attention.v_proj", "attn_v")
                .replace("feed_forward.down_proj", "ffn_down").replace("self_attention.o_proj", "attn_output");
    }

    private static float[] rounded(Format format, float[] values) {
        byte[] bytes = new byte[Math.toIntExact(format.bytes(values.length))];
        Blocks.encode(format, values, 0, values.length, MemorySegment.ofArray(bytes), 0);
        float[] rounded = new float[values.length];
        Blocks.decode(format, MemorySegment.ofArray(bytes), 0, rounded, 0, rounded.length);
        return rounded;
    }

    @Test
    void keepsAGgufFilesMetadataAndChangesItsMatrices() {
        quantize(GGUF, "-t", "Q6_K");
        try (OpenModel before = new OpenFolders().open(GGUF, folder); OpenModel after = new OpenFolders().open("out.gguf", folder)) {
            Map<String, Object> was = new java.util.HashMap<>(before.files().config().values());
            Map<String, Object> is = new java.util.HashMap<>(after.files().config().values());
            is.remove("general.quantization_version");
            is.put("general.file_type", was.get("general.file_type"));
            was.remove("general.quantization_version");
            assertEquals(was.keySet(), is.keySet().stream().filter(key -> is.get(key) != null).collect(java.util.stream.Collectors.toSet()));
            was.forEach((key, value) -> assertEquals(value, is.get(key), key));
            StoredTensor down = after.files().tensors().find("blk.0.ffn_down.weight").orElseThrow();
            assertEquals(Format.Q6_K, down.format());
            assertArrayEquals(rounded(Format.Q6_K, Blocks.decode(before.files().tensors().find(down.name()).orElseThrow())),
                Blocks.decode(down));
        }
        assertTrue(said.toString().startsWith("out.gguf: "), said.toString());
    }

    @Test
    void leavesAFileThatExistsAndWhatItBegan() throws Exception {
        Files.writeString(folder.resolve("out.gguf"), "mine");
        assertEquals(folder.resolve("out.gguf") + ": the file must not exist; it does. Name another, or say --overwrite.",
            assertThrows(TransomException.class, () -> quantize(LLAMA)).getMessage());
        quantize(LLAMA, "--overwrite", "--type", "q8_0");
        assertTrue(Files.size(folder.resolve("out.gguf")) > 1000);
        assertFalse(Files.exists(folder.resolve("out.gguf.part")));
    }

    @Test
    void namesTheTypesThereAre() {
        String message = assertThrows(TransomException.class, () -> quantize(LLAMA, "--type", "Q4_2")).getMessage();
        assertTrue(message.startsWith("--type: one of [F32, F16, BF16, Q8_0, ") && message.endsWith("got Q4_2. Choose one of these."), message);
    }

    @Test
    void spendsMoreBitsWhereLlamaCppDoes() {
        TypeChoice mix = TypeChoice.of("Q4_K_M");
        List<Long> shape = List.of(512L, 512L);
        assertEquals(List.of(Format.Q6_K, Format.Q6_K, Format.Q4_K, Format.Q6_K, Format.Q4_K, Format.Q6_K, Format.F32),
            Stream.of("output.weight", "blk.0.attn_v.weight", "blk.3.attn_v.weight", "blk.5.ffn_down.weight", "blk.5.ffn_up.weight",
                "blk.31.ffn_down.weight", "blk.0.ffn_gate_inp.weight").map(name -> mix.format(name, shape, 24, true)).toList());
        assertEquals(Format.Q5_0, mix.format("blk.0.attn_q.weight", List.of(896L, 896L), 24, true));
        assertEquals(Format.F16, mix.format("blk.0.attn_q.weight", List.of(896L, 50L), 24, true));
    }

    private void quantize(String model, String... options) {
        Session session = new Session(new PrintWriter(said, true), new PrintWriter(said, true), InputStream.nullInputStream(), false, false,
            80, folder);
        QuantizeCommand command = new QuantizeCommand(session, new OpenFolders(), Operations.core(), (_, _, _, _) -> new Progress() {
            @Override
            public void to(long done) {
            }

            @Override
            public void close() {
            }
        });
        new CommandLine(command).parseArgs(Stream.concat(Stream.of(model, "out.gguf"), Stream.of(options)).toArray(String[]::new));
        assertEquals(0, command.call());
    }
}
