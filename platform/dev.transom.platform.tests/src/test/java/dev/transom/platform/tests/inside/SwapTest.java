package dev.transom.platform.tests.inside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.transom.api.architecture.Architecture;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;

/** An architecture is replaced while it is in use: side by side, without a failed request, and the old one leaves nothing. */
class SwapTest {

    private static final String GPT = "dev.transom.architecture.gpt";
    private static final int THREADS = 4;

    @Test
    void aNewVersionTakesOverWhileFourThreadsGenerateAndTheOldOneIsCollected() throws Exception {
        WeakReference<ClassLoader> old;
        try (Requests requests = new Requests(THREADS)) {
            requests.awaitOneHeldByEachThread();
            old = swap(requests);
            requests.awaitFinishedByEachThread(3);
        }
        Garbage.awaitCollected(old);
    }

    /** Returns the class loader of the version that has gone. A method of its own, so that no local variable keeps anything. */
    private static WeakReference<ClassLoader> swap(Requests requests) throws Exception {
        Bundle before = bundle("1.0.0");
        WeakReference<ClassLoader> loader = new WeakReference<>(before.adapt(BundleWiring.class).getClassLoader());
        assertEquals(Set.of(GPT + " 1.0.0"), requests.architectures(), "all begin on the old version");

        Bundle after = Services.context().installBundle("transom:gpt-1.0.1", Repackaged.withVersion(before, "1.0.1"));
        after.start();
        requests.markSwapped();
        assertTrue(users(before).contains("dev.transom.models"), "the held requests must lease the old version");
        assertEquals(Set.of(GPT + " 1.0.1"), requests.architecturesOfOneMore(), "a request that comes now");
        assertTrue(users(before).contains("dev.transom.models"), "the held requests must still lease the old version");

        requests.release();
        requests.awaitFinishedByEachThread(2);
        assertEquals(Set.of(), users(before), "the old version must be drained");
        before.uninstall();
        Services.refresh(before);
        assertNull(before.adapt(BundleWiring.class), "nothing may be wired to the old version");
        return loader;
    }

    private static Bundle bundle(String version) {
        return Arrays.stream(Services.context().getBundles())
            .filter(bundle -> GPT.equals(bundle.getSymbolicName()) && bundle.getVersion().toString().equals(version))
            .findFirst().orElseThrow();
    }

    /** Symbolic names of the bundles that use an architecture of this bundle. */
    private static Set<String> users(Bundle bundle) {
        ServiceReference<?>[] registered = bundle.getRegisteredServices();
        return registered == null ? Set.of() : Arrays.stream(registered)
            .filter(service -> List.of((String[]) service.getProperty("objectClass")).contains(Architecture.class.getName()))
            .map(ServiceReference::getUsingBundles)
            .filter(users -> users != null)
            .flatMap(Arrays::stream)
            .map(Bundle::getSymbolicName)
            .collect(Collectors.toCollection(TreeSet::new));
    }
}
