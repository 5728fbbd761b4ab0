package dev.transom.platform.tests.inside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.transom.api.TransomException;
import dev.transom.api.engine.Engine;
import dev.transom.api.engine.EngineOptions;
import dev.transom.api.engine.Engines;
import dev.transom.api.engine.GenerationRequest;
import dev.transom.api.sizing.MemoryHolder;
import dev.transom.api.sizing.MemoryHolder.Holding;
import dev.transom.api.sizing.Sizing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceRegistration;

/** What sizing says is what an engine takes; what does not fit is refused before it is loaded; without sizing all is loaded. */
class SizingTest {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path HERE = Path.of("").toAbsolutePath();

    /** 64 rows of 512 positions, so that the cache stands out of the noise of a running virtual machine. */
    private static final EngineOptions LARGE =
        new EngineOptions(Optional.of("cpu"), EngineOptions.DEFAULT.numerics(), 2, 512, 64, 512);

    @Test
    void anEngineTakesWhatItsPlanSaysAndSaysThatItHoldsIt() throws Exception {
        assumeTrue(Files.isReadable(STATUS), "only Linux tells what a process holds");
        System.gc();
        long before = resident();
        try (Engine engine = Services.one(Engines.class).open("bundle:jargon", HERE, LARGE)) {
            engine.submit(GenerationRequest.greedy(Collections.nCopies(500, 1), 8, Set.of())).all();
            long taken = resident() - before;
            Holding holding = held().getFirst();
            long figure = holding.mapped() + holding.allocated();
            assertTrue(figure > 200_000_000, figure + " bytes are too few to tell");
            assertTrue(taken < figure + 200_000_000 && taken > figure - 50_000_000,
                "taken: " + taken + ", sizing's figure: " + figure);
        }
        assertEquals(List.of(), held());
    }

    @Test
    void whatDoesNotFitBesideOthersIsRefusedWithTheBytesThatAreWanting() {
        MemoryHolder everything = () -> List.of(new Holding("everything", 1L << 50, 0));
        ServiceRegistration<MemoryHolder> registered = Services.context().registerService(MemoryHolder.class, everything, null);
        try {
            String sentence = assertThrows(TransomException.class,
                () -> Services.one(Engines.class).open("bundle:jargon", HERE, LARGE)).getMessage();
            assertTrue(sentence.matches("model bundle:jargon: it must fit the 0 bytes of memory that are left; it takes [0-9,]+,"
                + " which is [0-9,]+ bytes more \\(weights .*\\)\\. .*"), sentence);
        } finally {
            registered.unregister();
        }
        assertEquals(List.of(), held());
        Services.one(Engines.class).open("bundle:jargon", HERE, LARGE).close();
    }

    @Test
    void withoutSizingNothingIsRefused() throws Exception {
        Bundle sizing = Arrays.stream(Services.context().getBundles())
            .filter(bundle -> bundle.getSymbolicName().equals("dev.transom.sizing")).findFirst().orElseThrow();
        sizing.stop();
        try {
            Services.one(Engines.class).open("bundle:jargon", HERE, EngineOptions.DEFAULT).close();
        } finally {
            sizing.start();
        }
        assertEquals(1, Services.all(Sizing.class).size());
    }

    private static List<Holding> held() {
        return Services.all(MemoryHolder.class).stream().flatMap(holder -> holder.holdings().stream()).toList();
    }

    /** Bytes of memory that belong to no file. */
    private static long resident() throws IOException {
        return Files.readAllLines(STATUS).stream().filter(line -> line.startsWith("RssAnon:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024).findFirst().orElseThrow();
    }
}
