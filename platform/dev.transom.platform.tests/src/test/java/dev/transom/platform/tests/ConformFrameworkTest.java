package dev.transom.platform.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.platform.tests.CommandLineInside.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code conform} in the running platform: reference cases go through model files, architectures, backends and the engine. */
class ConformFrameworkTest {

    private static final Path BUNDLES = Path.of(System.getProperty("transom.root"), "bundles");
    private static final String GPT2 =
            BUNDLES.resolve("dev.transom.architecture.gpt/src/test/resources/golden/architectures/gpt2").toString();

    private static CommandLineInside transom;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        transom = new CommandLineInside();
    }

    @AfterAll
    static void stop() throws Exception {
        transom.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reference", "cpu"})
    void everyExpectedTensorOfACaseIsCompared(String backend) {
        Result result = transom.run("conform", GPT2, "--gradients", "--backend", backend);
        assertEquals(0, result.code(), result.out() + result.err());
        for (String item : List.of("hidden_states.2 ", "logits ", "loss ", "left.logits ", "greedy.1 ",
                "grad transformer.wte.weight ")) {
            assertTrue(result.out().contains("    " + item), result.out());
        }
        assertTrue(result.out().endsWith("1 passed, 0 failed, 0 missing" + System.lineSeparator()), result.out());
    }

    @Test
    void anArchitectureThatNobodyBringsIsMissing() throws Exception {
        for (String file : List.of("case.json", "config.json")) {
            Files.writeString(folder.resolve(file), Files.readString(Path.of(GPT2, file)).replace("\"gpt2\"", "\"unheard\""));
        }
        Result result = transom.run("conform", folder.toString());
        assertEquals(new Result(1, folder.getFileName() + ": missing architecture model_type=unheard" + System.lineSeparator()
                + "0 passed, 0 failed, 1 missing" + System.lineSeparator(), ""), result);
    }

    @Test
    void aChangedExpectationFails() throws Exception {
        for (String file : List.of("config.json", "generation_config.json", "model.safetensors", "inputs.safetensors",
                "expected.safetensors")) {
            Files.copy(Path.of(GPT2, file), folder.resolve(file));
        }
        String json = Files.readString(Path.of(GPT2, "case.json"));
        Files.writeString(folder.resolve("case.json"), json.replaceAll("\"logits\": [0-9.e-]+", "\"logits\": 1e-12"));
        Result result = transom.run("conform", folder.toString(), "--backend", "cpu");
        assertEquals(1, result.code(), result.out() + result.err());
        assertTrue(result.out().contains("of  1.00e-12  FAILED"), result.out());
    }

    @Test
    void aBackendThatNobodyBringsIsWrongUse() {
        Result result = transom.run("conform", GPT2, "--backend", "abacus");
        assertEquals(2, result.code(), result.out());
        assertTrue(result.err().contains("abacus"), result.err());
    }
}
