package dev.transom.platform.tests.inside;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.transom.api.architecture.Architecture;
import dev.transom.api.model.Models;
import dev.transom.api.model.OpenModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Leases are counted right, whoever takes and gives them back at the same moment. */
class LeasesTest {

    private static final int THREADS = 8;
    private static final int OPENINGS = 400;

    @Test
    void modelsOpenedAndClosedByManyThreadsAtOnceLeaveNoLease() throws Exception {
        Models models = Services.one(Models.class);
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                work.add(threads.submit(openings(models)));
            }
            for (Future<?> each : work) {
                each.get();
            }
        }
        assertEquals(List.of(), architecturesUsedByModels(), "nobody has a model open any more");
    }

    private static Callable<?> openings(Models models) {
        return () -> {
            for (int i = 0; i < OPENINGS; i++) {
                try (OpenModel model = models.open("bundle:jargon", Path.of("").toAbsolutePath())) {
                    model.architecture();
                }
            }
            return null;
        };
    }

    private static List<String> architecturesUsedByModels() throws InvalidSyntaxException {
        return Services.context().getServiceReferences(Architecture.class, null).stream()
            .filter(LeasesTest::isUsedByModels)
            .map(reference -> reference.getBundle().getSymbolicName())
            .toList();
    }

    private static boolean isUsedByModels(ServiceReference<?> reference) {
        Bundle[] users = reference.getUsingBundles();
        return users != null && Arrays.stream(users).anyMatch(user -> user.getSymbolicName().equals("dev.transom.models"));
    }
}
